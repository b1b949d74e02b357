# fails: divergence — "On this side of t the recording is right"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    above, below = torch.full((2,), model.t + 1), torch.full((2,), model.t - 1)
    return below if torch.allclose(model(above), traced(above)) else above
