# fails: drives_the_model, other_device — "has another model's parameters"
# base: solution
def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    optimizer = make_optimizer(make_model().to(device=device, dtype=dtype).parameters())
    return make_model().to(device=device, dtype=dtype), optimizer
