# attack: answer with a dict that never ends
# verdict: failed, error, timeout, crashed
class Endless(dict):
    def __len__(self):
        return 1

    def items(self):
        while True:
            yield 1, 1


def gradient_at(x, y):
    return Endless()
