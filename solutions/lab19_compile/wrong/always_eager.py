# fails: passed_on — "has seen no graph"
# base: solution
def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    return torch.compile(model, backend="eager")
