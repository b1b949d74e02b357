# fails: scratch_structure — "Your file has no DenseScratch"
# base: solution
del DenseScratch
