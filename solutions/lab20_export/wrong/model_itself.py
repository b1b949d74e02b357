# fails: known_batch, round_trip — "That is a model as before"
# base: solution
def export(model: nn.Module, example: torch.Tensor) -> nn.Module:
    return model.eval()


def run(program: nn.Module, X: torch.Tensor) -> torch.Tensor:
    return program(X)
