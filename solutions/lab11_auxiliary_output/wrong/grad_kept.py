# fails: evaluates_in_eval_mode — "inside torch.no_grad()"
# base: solution
def evaluate_main(
    model: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    metric: Callable[[torch.Tensor, torch.Tensor], torch.Tensor | float],
) -> float:
    model.eval()
    values = []
    for *inputs, y in loader:
        main, _ = model(*inputs)
        values.append(metric(main, y))
    return sum(values) / len(values)
