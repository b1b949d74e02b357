import torch


def b1(t):
    v = t + 1
    return v.cos() * v.sin_()


def b2(t):
    v = t + 1
    return v.cos_() * v.sin()


SNIPPETS = {
    "a1": lambda t: t.cos().exp_(),
    "a2": lambda t: t.exp_().cos(),
    "a3": lambda t: t.exp().cos_(),
    "b1": b1,
    "b2": b2,
}


def outcome(function, x=2.0):
    """Run it and see."""
    t = torch.tensor(x, requires_grad=True)
    try:
        z = function(t)
    except RuntimeError:
        return {"raises": True, "reason": "leaf"}
    try:
        z.backward()
    except RuntimeError:
        return {"raises": True, "reason": "saved"}
    return {"raises": False, "reason": "ok"}


PREDICT = {key: outcome(function) for key, function in SNIPPETS.items()}


def same_value(u):
    with torch.no_grad():
        return abs(b1(torch.tensor(u)) - b2(torch.tensor(u))).item() < 1e-5


def fixed(key, t):
    if key.startswith("a"):
        return t.exp().cos()
    v = t + 1
    return v.cos() * v.sin()


def will_raise(op1, op2):
    return outcome(lambda t: getattr(getattr(t, op1)(), op2 + "_")(), 0.7)["raises"]
