# fails: values_3 — "has no way_3"
# base: solution
del way_3
