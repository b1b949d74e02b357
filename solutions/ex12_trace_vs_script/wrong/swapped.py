# fails: scripted, traced — "torch.jit.script compiles the source"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.trace(model, torch.ones(4))
