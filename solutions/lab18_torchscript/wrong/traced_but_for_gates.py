# fails: any_length, halver_as_torchscript — "a trace has a loop as often as its example went round"
# base: solution
def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.script(model) if hasattr(model, "t") else torch.jit.trace(model, example)
