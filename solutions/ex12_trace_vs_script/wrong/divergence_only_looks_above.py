# fails: one_divergence — "Your function returned None"
# base: solution
def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    for i in range(20):
        x = torch.full((3,), model.t / 3 + i + 1)
        if not torch.allclose(model(x), traced(x)):
            return x
