# fails: dense_structure — "super().__init__()"
# base: solution
class Dense(nn.Module):
    def __init__(self, in_features: int, out_features: int) -> None:
        self.linear = nn.Linear(in_features, out_features)
        self.activation = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.activation(self.linear(x))
