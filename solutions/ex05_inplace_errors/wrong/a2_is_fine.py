# fails: predictions — "such a leaf must not be changed in place"
# base: solution
PREDICT = {
    "a1": {"raises": False, "reason": "ok"},  # cos saved its input t; its output may be overwritten
    "a2": {"raises": False, "reason": "ok"},  # exp_ changes t itself: refused on the forward line
    "a3": {"raises": True, "reason": "saved"},  # exp saved its output, and cos_ overwrote it
    "b1": {"raises": True, "reason": "saved"},  # cos saved v, and sin_ overwrote it
    "b2": {"raises": False, "reason": "ok"},  # v is changed first; sin then saves the new v
}
