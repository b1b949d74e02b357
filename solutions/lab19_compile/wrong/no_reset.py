# fails: more_breaks — "makes Dynamo forget"
# base: solution
GRAPHS: list[object] = []


def remember(graph, inputs):
    GRAPHS.append(graph)
    return graph


def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    GRAPHS.clear()
    torch.compile(fn, backend=remember)(example)
    return max(len(GRAPHS) - 1, 0)
