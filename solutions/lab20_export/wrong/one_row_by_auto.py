# fails: one_row — "A size of 1 is a constant to PyTorch"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    return torch.export.export(model.eval(), (example,), dynamic_shapes=({0: Dim.AUTO},))
