# fails: snapshot_now — "not a dict"
# base: solution
def best_snapshot(model):
    return copy.deepcopy(model)
