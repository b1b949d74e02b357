# fails: known_batch, round_trip — "its second argument is a tuple"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    if len(example) == 1:
        # A size of 1 broadcasts, so PyTorch takes it for a constant.
        example = torch.cat([example, example])
    return torch.export.export(model.eval(), example, dynamic_shapes=({0: Dim("rows")},))
