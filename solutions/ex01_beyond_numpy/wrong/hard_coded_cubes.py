# fails: functions — "gradient of the sum of cubes"
# base: solution
def gradient_of(f, x):
    return [3 * value**2 for value in x]
