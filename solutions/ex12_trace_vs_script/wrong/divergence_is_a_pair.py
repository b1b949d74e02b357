# fails: one_divergence — "not a tensor"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    above, below = torch.tensor([9.0]), torch.tensor([-9.0])
    return above, below
