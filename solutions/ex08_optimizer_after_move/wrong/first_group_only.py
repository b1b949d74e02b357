# fails: broken_pairs — "not only in the first"
# base: solution
def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    driven = {id(parameter) for group in optimizer.param_groups[:1] for parameter in group["params"]}
    return [
        name
        for name, parameter in model.named_parameters()
        if id(parameter) not in driven or not state_fits(optimizer, parameter)
    ]
