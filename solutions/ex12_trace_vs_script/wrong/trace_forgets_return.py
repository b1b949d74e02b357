# fails: traced — "return the model"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    torch.jit.trace(model, example)
