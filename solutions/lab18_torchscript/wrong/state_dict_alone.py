# fails: round_trip — "torch.save and torch.load are for data"
# base: solution
def save_ts(ts: torch.jit.ScriptModule, path: str) -> None:
    torch.save(ts.state_dict(), path)
