# fails: device — "Do not try a device out"
# base: solution
def best_device():
    for device in ("cuda", "mps"):
        try:
            torch.zeros(1, device=device)
            return device
        except (RuntimeError, AssertionError):
            pass
    return "cpu"
