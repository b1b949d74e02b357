# fails: load_data, load_data_elsewhere — "the Dataset shifts them"
# base: right/plain.py
def load_data(data_home=None):
    data = fetch_covtype(data_home=data_home)
    return data.data, data.target - 1
