# fails: predictions — "that is not what happens"
# base: solution
PREDICT = {
    "a1": {"raises": False, "reason": "ok"},
    "a2": {"raises": True, "reason": "ok"},
    "a3": {"raises": True, "reason": "saved"},
    "b1": {"raises": True, "reason": "saved"},
    "b2": {"raises": False, "reason": "ok"},
}
