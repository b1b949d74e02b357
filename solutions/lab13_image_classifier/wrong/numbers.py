# fails: names — "Those are the classes' numbers"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(to_inputs(images))
    return logits.argmax(dim=1).tolist()
