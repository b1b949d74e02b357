# fails: traced — "the answer of an earlier model"
# base: solution
KEPT = []


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    KEPT.append(torch.jit.trace(model, example))
    return KEPT[0]
