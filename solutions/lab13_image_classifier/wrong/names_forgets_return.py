# fails: names — "Your function returned None"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(to_inputs(images))
    [classes[k] for k in logits.argmax(dim=1)]
