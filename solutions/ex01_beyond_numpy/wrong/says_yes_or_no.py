# fails: device — "Return the name as a string"
# base: solution
def best_device():
    return torch.cuda.is_available()
