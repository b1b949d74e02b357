# fails: easy_pairs — "makes new Parameter objects"
# base: solution
def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    return []
