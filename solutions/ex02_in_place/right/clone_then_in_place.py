import torch


def out_of_place(op, x):
    y = x.clone()
    return in_place(op, y)


def in_place(op, x):
    with torch.no_grad():
        match op:
            case "exp":
                x.exp_()
            case "relu":
                torch.nn.functional.relu(x, inplace=True)
            case "abs":
                x.abs_()
            case "sqrt":
                x.sqrt_()
    return x


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
