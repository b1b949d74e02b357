# fails: known_batch — "torch.jit is what came before"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return torch.jit.trace(model.eval(), example, check_trace=False)


def run(program: torch.jit.ScriptModule, X: torch.Tensor) -> torch.Tensor:
    return program(X)


def save_ep(program: torch.jit.ScriptModule, path: str) -> None:
    torch.jit.save(program, path)


def load_ep(path: str) -> torch.jit.ScriptModule:
    return torch.jit.load(path)
