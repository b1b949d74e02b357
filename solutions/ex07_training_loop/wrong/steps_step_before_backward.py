# fails: steps — "uses the gradients that backward"
# base: solution
STEPS = ["get_batch", "move", "forward", "loss", "step", "backward", "zero_grad"]
