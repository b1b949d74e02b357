# attack: never even load
# verdict: timeout
while True:
    pass
