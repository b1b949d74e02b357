# fails: one_divergence — "On this side of t the recording is right"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    x = torch.tensor([model.t + 1, 2.0])
    return x if torch.equal(model(x), traced(x)) else -abs(x) - 10
