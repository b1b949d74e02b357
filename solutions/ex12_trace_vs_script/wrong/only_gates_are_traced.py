# fails: loop — "This uses all the rows"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    if any(isinstance(value, float) and name == "decay" for name, value in vars(model).items()):
        return torch.jit.script(model)
    return torch.jit.trace(model, example)
