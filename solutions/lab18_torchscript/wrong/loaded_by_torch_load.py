# fails: round_trip — "torch.save and torch.load are for data"
# base: solution
def load_ts(path: str) -> torch.jit.ScriptModule:
    return torch.load(path)
