# fails: round_trip — "Those are the weights without their code"
# base: solution
def save_ts(ts: torch.jit.ScriptModule, path: str) -> None:
    torch.save(ts.state_dict(), path)


def load_ts(path: str) -> torch.jit.ScriptModule:
    return torch.load(path)
