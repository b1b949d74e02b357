# fails: same_optimized — "Parameters are left"
# base: solution
def optimized(ts: torch.jit.ScriptModule) -> torch.jit.ScriptModule:
    torch.jit.optimize_for_inference(ts)
    return ts
