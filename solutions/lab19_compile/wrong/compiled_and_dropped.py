# fails: passed_on — "return what that returns"
# base: solution
def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    torch.compile(model, backend=backend)
    return model
