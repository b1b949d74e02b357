# fails: known_batch, round_trip — "A program is no function"
# base: solution
def run(program: ExportedProgram, X: torch.Tensor) -> torch.Tensor:
    return program(X)
