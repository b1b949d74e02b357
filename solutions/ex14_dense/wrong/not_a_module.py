# fails: dense_structure — "Derive the class from nn.Module"
# base: solution
class Dense:
    def __init__(self, in_features, out_features):
        self.linear = nn.Linear(in_features, out_features)

    def __call__(self, x):
        return self.linear(x).relu()
