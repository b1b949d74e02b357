# fails: one_divergence — "not a tensor"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    x = torch.tensor([model.t + 1.5])
    return x.item() if abs(model(x) - traced(x)) > 1e-3 else model.t - 1.5
