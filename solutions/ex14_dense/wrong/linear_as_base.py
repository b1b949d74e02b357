# fails: scratch_without_linear — "must not use nn.Linear"
# base: solution
class DenseScratch(nn.Linear):
    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)
