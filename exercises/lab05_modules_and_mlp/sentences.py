"""What students read in lab05: known mistakes, each in a sentence that says what to do."""

MODULE = "torch.nn.modules.module.Module"
NO_MODULE = "Return a module of torch.nn, or one of a class derived from nn.Module."
ONE_ROW = "nn.Linear stores one row per neuron: with one output the weight is (1, d), so out_features is 1."
NO_BIAS = "The bias is missing: leave bias=True, as it is by default."
IN_A_LIST = (
    "parameters() misses them: nn.Module does not look into Python lists and dicts. Assign each layer to self, or use "
    "nn.Sequential or nn.ModuleList."
)
NEW_EACH_CALL = "forward makes new random layers in each call, so nothing is ever learned: make them in __init__."
FIXED_SIZES = "These are the sizes 50 and 40: take them from h1 and h2, which are only by default 50 and 40."
TOO_FEW = "A layer is missing: there are three, n_in to h1, h1 to h2, and h2 to the output."
TOO_MANY = "There is more than three layers: n_in to h1, h1 to h2, and h2 to the output."
FLAT = "Keep the second dimension: one row per sample, one column for the one output, (n, 1)."
BELOW_ZERO = "Nothing below 0 could be predicted: no ReLU after the output layer."
ONE_LINE = "Both ReLUs are missing: without them three linear layers are one linear layer."
NO_FIRST = "The ReLU after the first hidden layer is missing."
NO_SECOND = "The ReLU after the second hidden layer is missing."
AT_INPUT = "The inputs went through a ReLU: their negative values carry information, too."
SOFTMAX = "No softmax in a regression: over a single output it is always 1."
SIGMOID = "The hidden layers end in a sigmoid: a ReLU was asked for."
TANH = "The hidden layers end in a tanh: a ReLU was asked for."
SQUASHED = "The output goes through a sigmoid: a regression must reach every number, so leave it as it is."
STILL = (
    "The model has not moved: after backward() call optimizer.step(), on the model that you were given, and clear the "
    "gradients only after that."
)
SECOND_STILL = (
    "This model has not moved, though the one before it had: use the model and the optimizer of this call, not those "
    "of an earlier one."
)
NO_ZERO = "Gradients pile up over the epochs: clear them, with optimizer.zero_grad(), in every epoch."
NEW_OPTIMIZER = (
    "The optimizer forgot its averages: keep the one that you were given, instead of making a new one in each epoch."
)
ONCE = "Only one step was taken: there are n_epochs of them."
KEEPS_GRAPH = "Nobody will differentiate a prediction: make it inside `with torch.no_grad():`."
NO_GRAPH = "does not require grad"
TWICE = "backward through the graph a second time"
CHANGED = "modified by an inplace operation"
RAISES = {
    NO_GRAPH: "backward() finds nothing to differentiate: compute the loss outside of no_grad(), from the model's own "
    "output.",
    TWICE: "Each epoch needs a graph of its own: call the model and compute the loss anew in every epoch.",
    CHANGED: "step() changes weights that backward() still needs: step() comes after backward(), not before it.",
}
"""Part of an exception's message → a sentence."""
BUILDING = {
    "RuntimeError": "PyTorch refuses a step for a batch of shape (n, inputs): compare the shapes in its message. Each "
    "layer takes as many inputs as the one before has outputs.",
    "AttributeError": "Is super().__init__() the first line of __init__, and is all that forward uses set there?",
}
LAYERS = (("Linear", 3, 5), ("ReLU",), ("Linear", 5, 1))
