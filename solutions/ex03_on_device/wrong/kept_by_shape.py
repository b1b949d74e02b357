# fails: other_data — "an earlier call"
# base: solution
KEPT = {}


def create_direct(data, device):
    fresh = torch.tensor(data, dtype=torch.float32, device=device)
    return KEPT.setdefault((tuple(fresh.shape), device), fresh)
