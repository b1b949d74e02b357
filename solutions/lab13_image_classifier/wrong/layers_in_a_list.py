# fails: logits — "needs exactly one parameter of shape"
# base: solution
class ImageClassifier(nn.Module):
    def __init__(self, n_inputs: int, n_hidden1: int, n_hidden2: int, n_classes: int) -> None:
        super().__init__()
        self.hidden = [nn.Linear(n_inputs, n_hidden1), nn.Linear(n_hidden1, n_hidden2)]
        self.output = nn.Linear(n_hidden2, n_classes)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        x = X.flatten(1)
        for layer in self.hidden:
            x = layer(x).relu()
        return self.output(x)
