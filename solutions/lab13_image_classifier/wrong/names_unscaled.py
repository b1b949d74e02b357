# fails: names — "meets bytes here"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(images.unsqueeze(1).float())
    return [classes[k] for k in logits.argmax(dim=1)]
