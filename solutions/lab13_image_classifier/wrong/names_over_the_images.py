# fails: names — "expected"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(to_inputs(images))
    return [classes[min(k, len(classes) - 1)] for k in logits.argmax(dim=0).tolist()]
