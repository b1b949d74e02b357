# fails: other_dtype — "Adagrad keeps float32 numbers"
# base: solution
def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    model = make_model().to(device)
    # Only now: the move may have replaced the parameters, and some optimizers allocate at once.
    optimizer = make_optimizer(model.parameters())
    model.to(dtype)
    return model, optimizer
