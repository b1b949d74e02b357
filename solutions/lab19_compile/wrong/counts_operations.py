# fails: breaks — "one break fewer than there are graphs"
# base: solution
def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    return torch._dynamo.explain(fn)(example).op_count
