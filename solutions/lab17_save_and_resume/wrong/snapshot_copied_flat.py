# fails: snapshot_stays — "Your snapshot kept training"
# base: solution
def best_snapshot(model):
    return dict(model.state_dict())
