# fails: eval_mode — "A Dropout was recorded in train mode"
# base: solution
def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    if isinstance(model, nn.Sequential):
        return torch.jit.trace(model, example, check_trace=False).eval()
    return torch.jit.script(model)
