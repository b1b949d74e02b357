# fails: scripted, traced — "That is not TorchScript"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return model


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return model
