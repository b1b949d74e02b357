# fails: scripted — "Hand the model back with `return`"
# base: solution
def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    torch.jit.script(model)
