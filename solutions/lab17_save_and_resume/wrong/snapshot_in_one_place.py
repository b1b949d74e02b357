# fails: snapshot_stays — "looked at after 6"
# base: solution
BEST = {}


def best_snapshot(model):
    BEST.update(copy.deepcopy(model.state_dict()))
    return BEST
