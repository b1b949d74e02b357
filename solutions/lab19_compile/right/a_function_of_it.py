# compiles a function that calls the model; the reasons of the breaks; names cut by length
import torch


def compiled(model, backend):
    @torch.compile(backend=backend)
    def call(X):
        return model(X)

    return call


def max_gap(model, other, X):
    with torch.no_grad():
        low, high = (model(X) - other(X)).aminmax()
    return max(-low, high)


def count_breaks(fn, example):
    return len(torch._dynamo.explain(fn)(example).break_reasons)


def plain_state(compiled_model):
    cut = len("_orig_mod.")
    return dict((key[cut:], value) for key, value in compiled_model.state_dict().items())
