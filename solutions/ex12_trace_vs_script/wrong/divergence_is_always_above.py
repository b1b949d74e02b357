# fails: one_divergence — "On this side of t the recording is right"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    return torch.full((4,), abs(model.t) + 2)
