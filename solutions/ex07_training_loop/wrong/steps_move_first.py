# fails: steps — "nothing to move"
# base: solution
STEPS = ["move", "get_batch", "forward", "loss", "backward", "step", "zero_grad"]
