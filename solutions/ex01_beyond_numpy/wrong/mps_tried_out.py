# fails: device — "Do not try a device out"
# base: solution
def best_device() -> str:
    if torch.cuda.is_available():
        return "cuda"
    if torch.backends.mps.is_available():
        try:
            torch.ones(1, device="mps")
            return "mps"
        except RuntimeError:
            pass
    return "cpu"
