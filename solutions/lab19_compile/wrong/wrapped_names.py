# fails: plain — "no plain model minds"
# base: solution
def plain_state(compiled_model: nn.Module) -> dict[str, torch.Tensor]:
    return {name: tensor for name, tensor in compiled_model.state_dict().items()}
