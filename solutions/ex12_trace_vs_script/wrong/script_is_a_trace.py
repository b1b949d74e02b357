# fails: scripted — "torch.jit.script compiles the source, with both branches"
# base: solution
def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.trace(model, torch.ones(3))
