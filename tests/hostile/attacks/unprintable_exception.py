# attack: raise something that raises when it is described
# verdict: error, failed, timeout
class Error(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__


def gradient_at(x, y):
    raise Error
