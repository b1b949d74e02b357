# fails: known_model — "hand the module back with `return`"
# base: solution
def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    torch.jit.script(model.eval())
