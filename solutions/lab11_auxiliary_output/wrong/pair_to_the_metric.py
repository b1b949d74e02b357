# fails: evaluates_main, evaluates_in_eval_mode — "The model returns a pair"
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
            outputs = model(*inputs)
            values.append(float(metric(outputs, y)))
    return sum(values) / len(values)
