# fails: evaluates_main, evaluates_in_eval_mode — "both outputs' metrics"
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
            values.append(float(metric(main, y) + metric(aux, y)) / 2)
    return sum(values) / len(values)
