# fails: scripted — "return the model"
# base: solution
def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    torch.jit.script(model)
