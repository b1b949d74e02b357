# fails: round_trip — "goes into a file with torch.export.save"
# base: solution
def save_ep(program: ExportedProgram, path: str) -> None:
    torch.save(program, path)


def load_ep(path: str) -> ExportedProgram:
    return torch.load(path, weights_only=False)
