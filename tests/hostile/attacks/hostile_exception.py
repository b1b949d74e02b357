# attack: raise something whose message never ends, with markup and control characters
# verdict: error, failed
class Error(Exception):
    def __str__(self):
        return "[bold]\x1b[2J\x1b]0;passed\x07<script>alert(1)</script>" * 10**6


def gradient_at(x, y):
    raise Error


def gradient(f, *point):
    raise type("E" * 10**6, (Exception,), {})()
