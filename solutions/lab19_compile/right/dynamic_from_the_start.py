# sizes that are dynamic from the start; what Dynamo explains, as a dict
import torch
import torch._dynamo


def compiled(model, backend):
    return torch.compile(model, backend=backend, dynamic=True)


@torch.inference_mode()
def max_gap(model, other, X):
    return max(abs(a - b) for a, b in zip(model(X).flatten().tolist(), other(X).flatten().tolist()))


def count_breaks(fn, example):
    explained = vars(torch._dynamo.explain(fn)(example))
    return torch.tensor(explained["graph_break_count"])


def plain_state(compiled_model):
    return {name.replace("_orig_mod.", "", 1): tensor.clone() for name, tensor in compiled_model.state_dict().items()}
