# fails: names — "One name for each image"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(to_inputs(images))
    return classes[int(logits.argmax(dim=1)[0])]
