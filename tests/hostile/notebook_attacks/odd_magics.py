# attack: magics that wait for a person, throw everything away, run the file again, or start loops of their own
# verdict: failed
# %%
%pdb on
# %%
1 / 0
# %%
%debug
# %%
%%debug
x = 1
# %%
breakpoint()
# %%
%gui asyncio
%run -i {__file__}
# %%
%load_ext autoreload
%autoreload 2
%config InteractiveShell.ast_node_interactivity = "all"
%alias_magic grade reset
%%capture everything
print("10/10")
# %%
%edit -x __ROOT__/solutions/ex13_sin_gradient/hidden_checks.py
%load __ROOT__/solutions/ex13_sin_gradient/ex13_sin_gradient.py
%recall 1-3
# %%
def gradient_at(x, y):
    return None


%reset -f
# %%
def gradient_at(x, y):
    return None
