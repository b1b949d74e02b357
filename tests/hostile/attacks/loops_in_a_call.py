# attack: never answer
# verdict: timeout, failed
def gradient_at(x, y):
    while True:
        pass
