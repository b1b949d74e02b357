# fails: random_points, same_answer_twice — ".grad` accumulates"
# base: solution
X = torch.zeros((), requires_grad=True)
Y = torch.zeros((), requires_grad=True)


def gradient_at(x, y):
    with torch.no_grad():
        X.fill_(x)
        Y.fill_(y)
    sin_x2y(X, Y).backward()
    return X.grad.item(), Y.grad.item()
