# fails: eval_mode — "The module is in train mode"
# base: solution
def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return torch.jit.script(model)
