# fails: traced — "a recording knows only the one that its example took"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(torch.jit.script(model), example)
