# fails: round_trip — "run() gets a program"
# base: solution
def load_ep(path: str) -> ExportedProgram:
    return torch.export.load(path).module()
