# fails: numbers, right_device, other_data, born_there, defaults_restored — "returned None"
# base: solution
def create_direct(data, device):
    print(torch.tensor(data, dtype=torch.float32, device=device))
