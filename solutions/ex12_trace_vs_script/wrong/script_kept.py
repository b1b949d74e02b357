# fails: scripted — "the answer of an earlier model"
# base: solution
KEPT = {}


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    name = type(model).__name__
    if name not in KEPT:
        KEPT[name] = torch.jit.script(model)
    return KEPT[name]
