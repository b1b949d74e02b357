# fails: same_optimized — "Only a module in eval mode can be frozen"
# base: solution
def optimized(ts: torch.jit.ScriptModule) -> torch.jit.ScriptModule:
    return torch.jit.freeze(ts)
