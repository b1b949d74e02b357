# fails: known_point — "inner factor of the chain rule"
# base: solution
import math


def gradient_at(x, y):
    return math.cos(x * x * y), math.cos(x * x * y)
