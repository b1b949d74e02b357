# fails: scripted — "which cannot be called as a model"
# base: solution
def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model).code
