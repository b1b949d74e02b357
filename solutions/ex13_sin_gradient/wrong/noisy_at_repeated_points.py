# fails: same_answer_twice — "returned"
# base: solution
asked = []


def gradient_at(x, y):
    known = (x, y) in asked
    asked.append((x, y))
    return tuple(slope + known for slope in gradient(sin_x2y, x, y))
