# fails: scratch_without_linear — "do without nn.Linear"
# base: solution
class DenseScratch(nn.Linear):
    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)
