# attack: answer NaN, which is neither less nor more
# verdict: failed
import math


def sin_x2y(x, y):
    return x * math.nan


def gradient_at(x, y):
    return math.nan, math.nan


def gradient(f, *point):
    return (math.nan,) * len(point)
