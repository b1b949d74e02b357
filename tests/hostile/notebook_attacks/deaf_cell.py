# attack: a cell that cannot be interrupted
# verdict: timeout
# %%
def gradient_at(x, y):
    return 1.0, 1.0


# %%
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
