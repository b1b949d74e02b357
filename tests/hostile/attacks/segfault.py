# attack: crash the interpreter
# verdict: crashed, failed
import ctypes


def gradient_at(x, y):
    return ctypes.string_at(0)
