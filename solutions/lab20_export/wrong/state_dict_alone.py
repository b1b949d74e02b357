# fails: round_trip — "torch.export.load reads them"
# base: solution
def save_ep(program: ExportedProgram, path: str) -> None:
    torch.save(program.state_dict, path)
