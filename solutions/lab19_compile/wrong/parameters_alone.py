# fails: plain — "Buffers are missing"
# base: solution
def plain_state(compiled_model: nn.Module) -> dict[str, torch.Tensor]:
    return {name.removeprefix("_orig_mod."): tensor for name, tensor in compiled_model.named_parameters()}
