# fails: evaluates_in_eval_mode — "You weighted the batches by size"
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
            main, _ = model(*inputs)
            values.append((float(metric(main, y)) * len(y), len(y)))
    return sum(v for v, _ in values) / sum(n for _, n in values)
