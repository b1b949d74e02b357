# fails: same_optimized — "Parameters are left"
# base: solution
def optimized(ts: torch.jit.ScriptModule) -> torch.jit.ScriptModule:
    for parameter in ts.parameters():
        parameter.requires_grad_(False)
    return ts.eval()
