# fails: numbers, right_device, other_data, born_there, defaults_restored — "Python number or list"
# base: solution
def create_direct(data, device):
    return data
