# fails: one_divergence — "both run, and disagree"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    return torch.full((3,), float("nan"))
