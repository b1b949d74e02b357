# fails: scripted — "give torch.jit.script the model itself"
# base: solution
def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model.forward)
