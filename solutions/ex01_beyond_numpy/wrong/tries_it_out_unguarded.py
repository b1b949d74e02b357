# fails: device — "Do not try a device out"
# base: solution
def best_device():
    return torch.zeros(1).to("cuda" if not torch.backends.mps.is_available() else "mps").device.type
