# attack: leave a pipe where a file is expected, for a reader to hang on
# verdict: error, failed
import os

os.unlink(__file__)
os.mkfifo(__file__)

def gradient_at(x, y):
    return None
