# fails: scripted — "torch.fx cannot follow"
# base: solution
import torch.fx


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(torch.fx.symbolic_trace(model))
