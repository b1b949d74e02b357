# fails: snapshot_now — "You returned a model"
# base: solution
def best_snapshot(model):
    return copy.deepcopy(model)
