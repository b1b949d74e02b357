# fails: drives_the_model, other_device — "has another model's parameters"
# base: solution
import copy


def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    model = make_model()
    optimizer = make_optimizer(model.parameters())
    return copy.deepcopy(model).to(device=device, dtype=dtype), optimizer
