# attack: overflow the stack of the interpreter
# verdict: crashed, error, failed
import sys

sys.setrecursionlimit(10**9)


def gradient_at(x, y):
    class Deep:
        def __repr__(self):
            return repr([self])

    return repr(Deep())
