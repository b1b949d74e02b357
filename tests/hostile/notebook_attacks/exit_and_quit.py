# attack: end the kernel with every word that a notebook knows for it
# verdict: failed
# %%
exit()
# %%
quit
# %%
get_ipython().ask_exit()


# %%
def gradient_at(x, y):
    return 1.0, 1.0
