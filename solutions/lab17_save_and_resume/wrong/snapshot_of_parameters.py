# fails: snapshot_now — "Buffers are missing"
# base: solution
def best_snapshot(model):
    return {name: value.detach().clone() for name, value in model.named_parameters()}
