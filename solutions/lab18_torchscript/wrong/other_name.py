# fails: round_trip — "The file is not there"
# base: solution
def save_ts(ts: torch.jit.ScriptModule, path: str) -> None:
    torch.jit.save(ts, path + ".pt")


def load_ts(path: str) -> torch.jit.ScriptModule:
    return torch.jit.load(path + ".pt")
