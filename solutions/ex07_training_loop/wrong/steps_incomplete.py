# fails: steps — "each once"
# base: solution
STEPS = ["get_batch", "move", "forward", "loss", "backward", "step"]
