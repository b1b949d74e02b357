# fails: loop — "This uses 2 of"
# base: solution
def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    if hasattr(model, "decay"):
        return torch.jit.trace(model, torch.ones(2, 2))
    return torch.jit.script(model)
