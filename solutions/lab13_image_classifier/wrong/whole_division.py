# fails: bytes_to_inputs — "A whole division leaves 0 and 1"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return (images.unsqueeze(1) // 255).float()


def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(images.unsqueeze(1) / 255)
    return [classes[k] for k in logits.argmax(dim=1)]
