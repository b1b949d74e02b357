# fails: traced — "torch.jit.trace the model and the example"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model)
