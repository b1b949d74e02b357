# fails: judge_in_eval_mode — "in train mode"
# base: solution
def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    with torch.no_grad():
        logits = model(to_inputs(images))
    return [classes[k] for k in logits.argmax(dim=1)]
