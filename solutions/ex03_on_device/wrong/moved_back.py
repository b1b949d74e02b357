# fails: right_device, born_there — "give the device to the function that creates"
# base: solution
def create_direct(data, device):
    t = torch.tensor(data, dtype=torch.float32, device=device)
    return t.cpu() if not t.is_meta else torch.zeros_like(t, device="cpu")
