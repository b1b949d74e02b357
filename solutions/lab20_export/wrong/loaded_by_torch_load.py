# fails: round_trip — "torch.export.load reads them"
# base: solution
def load_ep(path: str) -> ExportedProgram:
    return torch.load(path)
