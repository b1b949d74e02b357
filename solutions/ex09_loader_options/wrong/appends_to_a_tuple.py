# fails: keeps_the_batch — "has no attribute 'append'"
# base: solution
def to_device(batch, device):
    moved = ()
    for tensor in batch:
        moved.append(tensor.to(device, non_blocking=True))
    return moved
