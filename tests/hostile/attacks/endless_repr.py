# attack: answer with an object that takes for ever to describe
# verdict: timeout, failed
class Shy:
    def __repr__(self):
        while True:
            pass


def gradient_at(x, y):
    return Shy()
