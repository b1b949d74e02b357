# fails: both_branches, any_length, halver_as_torchscript — "Only the example's branch was recorded"
# base: solution
def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return torch.jit.trace(model.eval(), example)
