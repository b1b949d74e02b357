# fails: other_device, other_dtype — "the other order works"
# base: solution
def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    model = make_model()
    optimizer = make_optimizer(model.parameters())
    model = model.to(device=device, dtype=dtype)
    return model, optimizer
