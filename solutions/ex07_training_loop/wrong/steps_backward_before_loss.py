# fails: steps — "starts at the loss"
# base: solution
STEPS = ["get_batch", "move", "forward", "backward", "loss", "step", "zero_grad"]
