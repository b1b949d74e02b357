# fails: device — "There is a GPU"
# base: solution
def best_device():
    return "cpu"
