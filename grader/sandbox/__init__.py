"""The wall: the level that this machine has, the trusted side's hold on its workers, and the wire between them."""
