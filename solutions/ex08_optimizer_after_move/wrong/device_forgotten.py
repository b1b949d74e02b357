# fails: other_device — "expected meta"
# base: solution
def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    model = make_model().to(dtype)
    # Only now: the move may have replaced the parameters, and some optimizers allocate at once.
    optimizer = make_optimizer(model.parameters())
    return model, optimizer
