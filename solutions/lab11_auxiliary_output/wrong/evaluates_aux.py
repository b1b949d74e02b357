# fails: evaluates_main, evaluates_in_eval_mode — "You evaluated the auxiliary output"
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
            _, main = model(*inputs)
            values.append(float(metric(main, y)))
    return sum(values) / len(values)
