# fails: other_device — "Move the model first"
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
    optimizer.load_state_dict(optimizer.state_dict())
    return model, optimizer
