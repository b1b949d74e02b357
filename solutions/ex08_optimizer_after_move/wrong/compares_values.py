# fails: broken_pairs — "the objects differ"
# base: solution
def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    driven = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    return [
        name
        for name, parameter in model.named_parameters()
        if parameter.is_meta
        or not any(p.shape == parameter.shape and p.dtype == parameter.dtype and torch.equal(p, parameter) for p in driven)
        or not state_fits(optimizer, parameter)
    ]
