# fails: one_divergence — "Your function returned None"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    for x in (torch.full((3,), model.t + 20), torch.full((3,), model.t - 20)):
        if not torch.allclose(model(x), traced(x)):
            break
