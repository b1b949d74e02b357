# fails: easy_pairs — "compare tensors by their values"
# base: solution
def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    driven = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    return [name for name, parameter in model.named_parameters() if parameter not in driven]
