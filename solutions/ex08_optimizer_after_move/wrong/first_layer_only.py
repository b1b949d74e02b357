# fails: drives_the_model, other_device — "only some of the model's parameters"
# base: solution
def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    model = make_model().to(device=device, dtype=dtype)
    # Only now: the move may have replaced the parameters, and some optimizers allocate at once.
    optimizer = make_optimizer(model[0].parameters())
    return model, optimizer
