# fails: device — "has a CUDA GPU"
# base: solution
def best_device():
    for name, available in (("cpu", True), ("cuda", torch.cuda.is_available()), ("mps", torch.mps.is_available())):
        if available:
            return name
