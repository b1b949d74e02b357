# fails: more_breaks — "begin anew in every call"
# base: solution
BREAKS: list[object] = []


def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    torch._dynamo.reset()
    BREAKS.extend(torch._dynamo.explain(fn)(example).break_reasons)
    return len(BREAKS)
