# fails: steps — "must be on the same device"
# base: solution
STEPS = ["get_batch", "forward", "move", "loss", "backward", "step", "zero_grad"]
