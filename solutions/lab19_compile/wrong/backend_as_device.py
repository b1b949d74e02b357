# fails: passed_on — "torch.compile has no device"
# base: solution
def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    return torch.compile(model, device=backend)
