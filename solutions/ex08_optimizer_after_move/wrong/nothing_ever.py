# fails: broken_pairs — "different objects"
# base: solution
def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    return []
