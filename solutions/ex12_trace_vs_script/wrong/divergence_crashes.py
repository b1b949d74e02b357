# fails: one_divergence — "both run, and disagree"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    return torch.ones(3, dtype=torch.bool)
