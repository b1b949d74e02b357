# fails: plain — "str.lstrip takes letters off"
# base: solution
def plain_state(compiled_model: nn.Module) -> dict[str, torch.Tensor]:
    return {name.lstrip("_orig_mod."): tensor for name, tensor in compiled_model.state_dict().items()}
