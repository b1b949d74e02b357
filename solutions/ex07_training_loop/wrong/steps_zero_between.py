# fails: steps — "erases the gradients"
# base: solution
STEPS = ["get_batch", "move", "forward", "loss", "backward", "zero_grad", "step"]
