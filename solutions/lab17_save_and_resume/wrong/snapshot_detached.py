# fails: snapshot_stays — "Your snapshot changes as training goes on"
# base: solution
def best_snapshot(model):
    return {name: value.detach().cpu() for name, value in model.state_dict().items()}
