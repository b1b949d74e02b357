# fails: drives_the_model, other_device — "has another model's parameters"
# base: solution
def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    model = make_model()
    optimizer = make_optimizer(model.parameters())
    for module in model.modules():
        for name, parameter in list(module.named_parameters(recurse=False)):
            setattr(module, name, nn.Parameter(parameter.detach().to(device=device, dtype=dtype)))
    return model, optimizer
