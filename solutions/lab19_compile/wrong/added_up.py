# fails: more_breaks — "begin anew in every call"
# base: solution
def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    torch._dynamo.reset()
    torch.compile(fn, backend="eager")(example)
    return sum(torch._dynamo.utils.counters["graph_break"].values())
