# fails: pixels, three_sets — "only the division by 255"
# base: solution
to_tensor = v2.Compose(
    [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean=[0.5], std=[0.5])]
)
