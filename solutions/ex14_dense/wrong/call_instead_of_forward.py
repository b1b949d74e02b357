# fails: dense_structure, scratch_structure — "Name the method forward"
# base: solution
class Dense(nn.Module):
    """From PyTorch's parts: submodules assigned to self bring their parameters along."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)
        self.activation = nn.ReLU()

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return self.activation(self.linear(x))


class DenseScratch(nn.Module):
    """From bare parameters: nn.Parameter is what makes a tensor visible to parameters() and state_dict()."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        # One row per neuron, as nn.Linear stores it. The bound 1/sqrt(in_features) is nn.Linear's own, too.
        bound = in_features**-0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound))

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        # @ works on the last dimension of x, so (in,), (n, in) and (n, m, in) need no cases.
        return torch.relu(x @ self.weight.T + self.bias)
