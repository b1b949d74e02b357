# fails: known_batch, round_trip — "This is what .module() makes of a program"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    if len(example) == 1:
        # A size of 1 broadcasts, so PyTorch takes it for a constant.
        example = torch.cat([example, example])
    return torch.export.export(model.eval(), (example,), dynamic_shapes=({0: Dim("rows")},)).module()


def run(program: ExportedProgram, X: torch.Tensor) -> torch.Tensor:
    return program(X)
