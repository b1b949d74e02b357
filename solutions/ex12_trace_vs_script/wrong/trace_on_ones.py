# fails: traced — "trace with the example that you were given"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, torch.ones_like(example))
