# fails: load_data, load_data_elsewhere — "in their order"
# base: right/plain.py
def load_data(data_home=None):
    data = fetch_covtype(data_home=data_home, shuffle=True)
    return data.data, data.target
