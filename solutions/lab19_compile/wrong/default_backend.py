# fails: passed_on — "The backend has seen no graph"
# base: solution
def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    return torch.compile(model)
