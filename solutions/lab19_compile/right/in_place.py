# compiles in place; counts the graphs with a backend of its own; asks the plain model itself
import torch
import torch._dynamo


def compiled(model, backend):
    model.compile(backend=backend)
    return model


def max_gap(model, other, X):
    return torch.dist(model(X).flatten(), other(X).flatten(), p=float("inf")).detach()


def count_breaks(fn, example):
    graphs = []

    def remember(graph, inputs):
        graphs.append(graph)
        return graph

    torch._dynamo.reset()
    torch.compile(fn, backend=remember)(example)
    return len(graphs) - 1


def plain_state(compiled_model):
    return getattr(compiled_model, "_orig_mod", compiled_model).state_dict()
