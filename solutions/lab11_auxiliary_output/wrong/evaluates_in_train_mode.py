# fails: evaluates_in_eval_mode — "call model.eval() first"
# base: solution
def evaluate_main(
    model: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    metric: Callable[[torch.Tensor, torch.Tensor], torch.Tensor | float],
) -> float:
    values = []
    with torch.no_grad():
        for *inputs, y in loader:
            main, _ = model(*inputs)
            values.append(float(metric(main, y)))
    return sum(values) / len(values)
