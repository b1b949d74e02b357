# fails: passed_on — "the default one needs a compiler"
# base: solution
def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    return torch.compile(model)
