# fails: known_batch, round_trip — "A program has no eval()"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    if len(example) == 1:
        # A size of 1 broadcasts, so PyTorch takes it for a constant.
        example = torch.cat([example, example])
    program = torch.export.export(model, (example,), dynamic_shapes=({0: Dim("rows")},))
    program.module().eval()
    return program
