# fails: recorded_in_eval_mode — "does not remove it"
# base: solution
def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    traced = torch.jit.trace(model, example)
    traced.eval()
    return traced
