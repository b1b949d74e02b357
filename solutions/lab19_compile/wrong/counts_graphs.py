# fails: breaks — "a break lies between two"
# base: solution
def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    return torch._dynamo.explain(fn)(example).graph_count
