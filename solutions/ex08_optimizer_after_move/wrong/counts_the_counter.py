# fails: broken_pairs — "Adam's counter has no dimensions"
# base: solution
def state_fits(optimizer: torch.optim.Optimizer, parameter: nn.Parameter) -> bool:
    kept = [value for value in optimizer.state.get(parameter, {}).values() if isinstance(value, torch.Tensor)]
    return all(
        value.dtype == parameter.dtype and value.device == parameter.device
        for value in kept
    )
