# fails: round_trip — "The file is not there"
# base: solution
def save_ep(program: ExportedProgram, path: str) -> None:
    torch.export.save(program, path + ".pt2")


def load_ep(path: str) -> ExportedProgram:
    return torch.export.load(path + ".pt2")
