# fails: divergence — "This is found for some t, but not for this one"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    # The square of t is above t, unless t is between 0 and 1.
    above, below = torch.tensor([model.t**2]), torch.tensor([model.t - 1])
    return above if not torch.allclose(model(above), traced(above)) else below
