# fails: pixels, three_sets — "tell ToDtype scale=True"
# base: solution
to_tensor = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32)])
