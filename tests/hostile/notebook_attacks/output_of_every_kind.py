# attack: outputs without end: streams, pictures, pages, updates, widgets and errors
# verdict: failed, error, crashed, timeout
# %%
import sys

from IPython.display import HTML, Javascript, display

handle = display(HTML("<script>document.body.innerHTML = '10/10'</script>"), display_id=True)
display(Javascript("alert('10/10')"), {"application/x-grade": {"earned": 10}}, raw=False)
big = "x" * 2_000_000
for _ in range(40):
    print(big)
    print(big, file=sys.stderr)
    display({"text/plain": big, "text/html": big, "image/png": big}, raw=True)
    handle.update(HTML(big))
# %%
raise RuntimeError("x" * 50_000_000)


# %%
def gradient_at(x, y):
    return None
