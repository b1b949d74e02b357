# fails: halver_as_torchscript — "It was halved as often as the example"
# base: solution
def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, example) if isinstance(model, Halver) else torch.jit.script(model)
