# fails: eval_mode — "a Dropout was exported in train mode"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    if len(example) == 1:
        # A size of 1 broadcasts, so PyTorch takes it for a constant.
        example = torch.cat([example, example])
    return torch.export.export(model, (example,), dynamic_shapes=({0: Dim("rows")},))
