# fails: device — "even if PyTorch was built for it"
# base: solution
def best_device():
    found = torch.accelerator.current_accelerator()
    return "cpu" if found is None else found.type
