# fails: both_branches — "fullgraph=True makes an error"
# base: solution
def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    return torch.compile(model, backend=backend, fullgraph=True)
