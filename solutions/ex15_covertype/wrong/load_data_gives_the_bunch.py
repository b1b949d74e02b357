# fails: load_data, load_data_elsewhere — "expected the pair (X, y)"
# base: right/plain.py
def load_data(data_home=None):
    data = fetch_covtype(data_home=data_home)
    return data
