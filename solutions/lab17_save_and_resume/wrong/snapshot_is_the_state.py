# fails: snapshot_stays — "Your snapshot changes as training goes on"
# base: solution
def best_snapshot(model):
    return model.state_dict()
