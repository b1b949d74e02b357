# fails: names — "Bytes went into the model"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(images.unsqueeze(1))
    return [classes[k] for k in logits.argmax(dim=1)]
