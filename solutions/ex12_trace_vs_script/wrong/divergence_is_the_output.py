# fails: one_divergence — "On this side of t the recording is right"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    for x in (torch.full((3,), model.t + 20), torch.full((3,), model.t - 20)):
        if not torch.allclose(model(x), traced(x)):
            return torch.full((3,), 20.0) if x.sum() < model.t else torch.full((3,), -20.0)
