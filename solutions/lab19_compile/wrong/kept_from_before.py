# fails: same_answers, both_branches — "wrong, the first at index"
# base: solution
MODELS: dict[str | Callable, nn.Module] = {}


def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    if backend not in MODELS:
        MODELS[backend] = torch.compile(model, backend=backend)
    return MODELS[backend]
