# fails: descends, descends_anywhere — "Shape (m, 1) minus (m,) gives (m, m)"
# base: solution
def fit(
    X: torch.Tensor, y: torch.Tensor, w0: torch.Tensor, b0: torch.Tensor, lr: float, n_epochs: int
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    w, b = w0.clone().requires_grad_(), b0.clone().requires_grad_()
    losses = []
    for _ in range(n_epochs):
        loss = (X @ w + b - y).square().mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
            w.grad = b.grad = None
        losses.append(loss.item())
    return w.detach(), b.detach(), losses
