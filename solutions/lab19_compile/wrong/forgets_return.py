# fails: passed_on — "hand the compiled model back"
# base: solution
def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    fast = torch.compile(model, backend=backend)
