# fails: right_device, born_there — "give the device to the function that creates"
# base: solution
def create_direct(data, device):
    return torch.tensor(data, dtype=torch.float32)
