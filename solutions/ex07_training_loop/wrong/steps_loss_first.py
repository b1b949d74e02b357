# fails: steps — "the forward pass comes before it"
# base: solution
STEPS = ["get_batch", "move", "loss", "forward", "backward", "step", "zero_grad"]
