# fails: traced — "a recording knows only"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    try:
        return torch.jit.script(model)
    except RuntimeError:
        return torch.jit.trace(model, example)
