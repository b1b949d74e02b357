# fails: evaluates_main, evaluates_in_eval_mode — "the mean of the two outputs"
# base: solution
def evaluate_main(
    model: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    metric: Callable[[torch.Tensor, torch.Tensor], torch.Tensor | float],
) -> float:
    model.eval()
    values = []
    with torch.no_grad():
        for *inputs, y in loader:
            main, aux = model(*inputs)
            values.append(float(metric((main + aux) / 2, y)))
    return sum(values) / len(values)
