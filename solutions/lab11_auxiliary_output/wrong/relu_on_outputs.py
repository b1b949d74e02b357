# fails: v4_outputs — "You put a ReLU after an output layer"
# base: solution
class WideAndDeepV4(nn.Module):
    def __init__(self, n_wide: int, n_deep: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_deep, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
        self.output_layer = nn.Linear(n_wide + h2, 1)
        self.aux_output_layer = nn.Linear(h2, 1)

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        deep = self.deep_stack(X_deep)
        return self.output_layer(torch.cat([X_wide, deep], dim=1)).relu(), self.aux_output_layer(deep).relu()
