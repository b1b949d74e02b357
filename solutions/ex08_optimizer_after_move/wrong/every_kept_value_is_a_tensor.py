# fails: broken_pairs — "An optimizer may keep plain numbers, too"
# base: solution
def state_fits(optimizer, parameter):
    return all(
        value.dtype == parameter.dtype and value.device == parameter.device
        for value in optimizer.state.get(parameter, {}).values()
        if value.shape == parameter.shape
    )
