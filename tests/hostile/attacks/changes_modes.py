# attack: change modes, times, owners and attributes of what it may only look at
# verdict: failed
import os


def quietly(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except OSError:
        pass


# The decoy alone: were this attack to succeed, it should not cost a developer more than that.
for path in ("__DECOY__", "__DECOY__/ex13_sin_gradient.py"):
    quietly(os.chmod, path, 0o000)
    quietly(os.utime, path, (0, 0))
    quietly(os.utime, path)
    quietly(os.chown, path, -1, os.getgid())
    quietly(os.setxattr, path, "user.mine", b"1")
    quietly(os.truncate, path, 0)
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        continue
    quietly(os.fchmod, fd, 0o000)
    quietly(os.utime, fd, (0, 0))
    quietly(os.setxattr, fd, "user.mine", b"1")


def gradient_at(x, y):
    return None
