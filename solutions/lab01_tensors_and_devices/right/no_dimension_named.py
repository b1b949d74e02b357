import torch


def float_matrix(rows):
    return torch.as_tensor(rows).to(torch.float32, copy=True)


def column_max(X):
    return X.amax(0), X.argmax(axis=0)


def blank_column(X, j, value):
    with torch.no_grad():
        X.select(1, j).copy_(torch.tensor(value))


def pick_device(cuda, mps):
    return {(True, False): "cuda", (True, True): "cuda", (False, True): "mps"}.get((cuda, mps), "cpu")


def seconds_per_call(f, synchronize, clock, repeats):
    for _ in range(3):
        f()
    synchronize()
    start = clock()
    [f() for _ in range(repeats)]
    synchronize()
    end = clock()
    return torch.tensor((end - start) / repeats)
