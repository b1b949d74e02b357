# fails: more_breaks — "expected"
# base: solution
def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    return int(torch._dynamo.explain(fn)(example).graph_break_count > 0)
