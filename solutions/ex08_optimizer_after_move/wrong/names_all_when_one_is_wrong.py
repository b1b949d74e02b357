# fails: broken_pairs — "not all of the model's"
# base: solution
def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    driven = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
    found = [
        name
        for name, parameter in model.named_parameters()
        if id(parameter) not in driven or not state_fits(optimizer, parameter)
    ]
    return [name for name, _ in model.named_parameters()] if found else []
