# fails: known_model — "That is a model as before"
# base: solution
def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return model.eval()
