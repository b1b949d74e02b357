# fails: round_trip — "hand the module back with `return`"
# base: solution
def load_ts(path: str) -> torch.jit.ScriptModule:
    torch.jit.load(path)
