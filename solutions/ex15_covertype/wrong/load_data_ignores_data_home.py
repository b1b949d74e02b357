# fails: load_data_elsewhere — "all rows that are there"
# base: right/plain.py
def load_data(data_home=None):
    data = fetch_covtype()
    return data.data, data.target
