# attack: answer with containers and texts that are others whenever they are looked at
# verdict: failed, error
class List(list):
    looks = 0

    def __len__(self):
        List.looks += 1
        return List.looks % 3

    def __iter__(self):
        List.looks += 1
        return iter([1.0] * (List.looks % 4))


class Text(str):
    def __str__(self):
        return self

    def encode(self, *args):
        return b"x" * 10**8


def sin_x2y(x, y):
    return Text("abc")


def gradient_at(x, y):
    return List()


def gradient(f, *point):
    return {Text("a"): Text("b")}
