# fails: functions — "Right for the sum of cubes only"
# base: solution
def gradient_of(f, x):
    return [3 * value**2 for value in x]
