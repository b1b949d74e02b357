# fails: breaks — "if it is Dynamo that runs"
# base: solution
def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    torch._dynamo.utils.counters.clear()
    torch.compile(fn, backend="eager")
    fn(example)
    return sum(torch._dynamo.utils.counters["graph_break"].values())
