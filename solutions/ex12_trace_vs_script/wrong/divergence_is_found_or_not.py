# fails: one_divergence — "not a tensor"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    return not torch.equal(model(torch.ones(3)), traced(torch.ones(3)))
