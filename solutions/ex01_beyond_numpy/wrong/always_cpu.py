# fails: device — "has a CUDA GPU"
# base: solution
def best_device():
    return "cpu"
