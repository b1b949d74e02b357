# fails: device — "check_available=True) is None"
# base: solution
def best_device():
    return torch.accelerator.current_accelerator(check_available=True).type
