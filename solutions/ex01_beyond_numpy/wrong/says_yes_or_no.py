# fails: device — "Give the name as a text"
# base: solution
def best_device():
    return torch.cuda.is_available()
