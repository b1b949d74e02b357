# fails: one_divergence — "not a tensor"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    x = torch.tensor([9.0, 1.0])
    return x.numpy() if (model(x) - traced(x)).abs().sum() > 0.1 else -x.numpy()
