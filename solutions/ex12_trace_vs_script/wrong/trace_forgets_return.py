# fails: traced — "Hand the model back with `return`"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    torch.jit.trace(model, example)
