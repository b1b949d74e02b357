# fails: device — "with its parentheses"
# base: solution
def best_device():
    return "cuda" if torch.cuda.is_available() else "mps"
