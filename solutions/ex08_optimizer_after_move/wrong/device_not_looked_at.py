# fails: broken_pairs — "compare the devices, too"
# base: solution
def state_fits(optimizer: torch.optim.Optimizer, parameter: nn.Parameter) -> bool:
    kept = [value for value in optimizer.state.get(parameter, {}).values() if isinstance(value, torch.Tensor)]
    return all(
        value.dtype == parameter.dtype
        for value in kept
        if value.shape == parameter.shape
    )
