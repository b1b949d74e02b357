"""What students read in lab04: known mistakes, each in a sentence that says what to do."""

OWN_STATISTICS = "Every table here has its own mean and deviation: use those of the training set for all of them."
OTHERS_LEFT = "The other tables are as they were: they take the training set's mean and deviation, too."
WHOLE_TABLE = "Each column has its own mean and deviation: take both over the rows, with dim=0."
OVER_COLUMNS = "You went along each row: a feature is a column, so take mean and deviation over the rows, with dim=0."
VARIANCE = "That is divided by the variance: divide by the standard deviation, its square root."
NOT_CENTRED = "The mean is not subtracted: each column's average in the training set should become 0."
NOT_SCALED = "The deviation is missing: divide what is left by each column's standard deviation."
MIN_MAX = "That is scaled from 0 to 1 by minimum and maximum: subtract the mean, and divide by the deviation."
NO_TUPLE = "Return a tuple of tables, even if there is only the training set: (table,)."
BROADCAST = "m×1 minus m is m×m: every prediction met every target. Give y the shape (m, 1): y.reshape(-1, 1)."
SUM = "That is the sum of the squares: it scales the gradient by m. Take the mean."
HALF = "The mean squared error has no ½: these gradients are half of what they should be."
STILL = "Nothing has moved: subtract lr times the gradient from w and b, and only then set the gradients to zero."
BIAS_STILL = "The bias never moved: b takes a step in every epoch, too."
WEIGHTS_STILL = "Only the bias moved: w takes a step in every epoch, too."
NO_ZERO = "Gradients pile up over the epochs: set both w.grad and b.grad to zero (or None) after each step."
ZEROED_B_ONLY = "The gradient of w piles up over the epochs: set w.grad to zero, too, not b.grad alone."
ZEROED_W_ONLY = "The gradient of b piles up over the epochs: set b.grad to zero, too, not w.grad alone."
ASCENT = "You climbed: the gradient points uphill, so subtract it."
ONE_TOO_FEW = "One epoch is missing: range(n_epochs) counts n_epochs of them."
ONE_TOO_MANY = "There is one epoch too many: range(n_epochs) counts n_epochs of them."
ROOT = "That is the root of the mean squared error, and so is its gradient: leave the mean squared error as it is."
IN_PLACE = "a leaf Variable that requires grad"
NO_GRAPH = "does not require grad"
TWICE = "backward through the graph a second time"
NO_GRADIENT = (
    "`.grad` is None: backward() fills it, and only for leaves that require grad. `w = w - …` makes a tensor that is "
    "no leaf."
)
RAISES = {
    IN_PLACE: "A leaf cannot be changed in place while autograd watches: take the step inside `with torch.no_grad():`.",
    NO_GRAPH: "backward() finds nothing to differentiate: w and b must require grad in every epoch. Inside no_grad, "
    "`w = w - …` makes a tensor that does not; `w -= …` keeps the old one.",
    TWICE: "Each epoch needs a graph of its own: predict and compute the loss anew in every epoch, before backward().",
    "and 'NoneType'": NO_GRADIENT,
    "'NoneType' and": NO_GRADIENT,
    "has no attribute 'zero_'": NO_GRADIENT,
}
"""Part of an exception's message → a sentence."""
NO_BIAS = "b never enters: the predictions are X w + b."
FLAT = "Keep the predictions' second dimension: (n, 1), one row per sample."
KEEPS_GRAPH = "Nobody will differentiate a prediction: make it inside `with torch.no_grad():`."
