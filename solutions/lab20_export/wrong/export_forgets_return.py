# fails: known_batch, round_trip — "hand the program back with `return`"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    if len(example) == 1:
        # A size of 1 broadcasts, so PyTorch takes it for a constant.
        example = torch.cat([example, example])
    torch.export.export(model.eval(), (example,), dynamic_shapes=({0: Dim("rows")},))
