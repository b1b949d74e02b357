# fails: steps — "must be on one device"
# base: solution
STEPS = ["get_batch", "forward", "move", "loss", "backward", "step", "zero_grad"]
