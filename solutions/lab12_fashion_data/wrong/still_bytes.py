# fails: pixels, three_sets — "These are bytes still"
# base: solution
to_tensor = v2.ToImage()
