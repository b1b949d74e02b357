# fails: traced — "a recording knows only the one that its example took"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return model


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return model
