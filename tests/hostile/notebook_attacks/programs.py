# attack: start programs with every magic there is
# verdict: failed
# %%
!touch /tmp/ran; cat __ROOT__/solutions/ex13_sin_gradient/ex13_sin_gradient.py
# %%
%%bash
touch /tmp/ran
# %%
%%script python3
open("/tmp/ran", "w")
# %%
lines = !ls /
%sx ls /
%system ls /
# %%
%pip install nothing
# %%
get_ipython().system("touch /tmp/ran")
# %%
def gradient_at(x, y):
    return tuple(lines)
