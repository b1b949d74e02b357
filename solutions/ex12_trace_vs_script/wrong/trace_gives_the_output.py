# fails: traced — "which cannot be called as a model"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, example)(example)
