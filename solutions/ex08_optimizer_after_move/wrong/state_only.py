# fails: easy_pairs — "makes new Parameter objects"
# base: solution
def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    driven = {id(parameter) for group in optimizer.param_groups for parameter in group["params"]}
    return [
        name
        for name, parameter in model.named_parameters()
        if not state_fits(optimizer, parameter)
    ]
