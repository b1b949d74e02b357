# fails: names — "the least probable classes"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(to_inputs(images))
    return [classes[k] for k in logits.argmin(dim=1)]
