# fails: same_optimized — "hand the module back with `return`"
# base: solution
def optimized(ts: torch.jit.ScriptModule) -> torch.jit.ScriptModule:
    torch.jit.optimize_for_inference(ts)
