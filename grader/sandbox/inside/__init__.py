"""What runs behind the wall: the zygote, its workers, their kernel. It imports nothing of the trusted side."""
