# fails: divergence — "This is found for some t, but not for this one"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    # Twice t is above t, unless t is negative.
    above, below = torch.tensor([2 * model.t]), torch.tensor([model.t - 1])
    return above if not torch.allclose(model(above), traced(above)) else below
