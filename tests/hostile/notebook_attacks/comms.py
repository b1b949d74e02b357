# attack: open comms and widgets by the thousand, and capture all output in one
# verdict: failed, error, crashed, timeout
# %%
import comm

for number in range(3_000):
    opened = comm.create_comm(
        target_name="jupyter.widget",
        data={
            "state": {"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output", "outputs": ["10/10"]}
        },
        buffers=[b"x" * 1000],
    )
    opened.send({"method": "update", "state": {"msg_id": str(number), "outputs": [{"output_type": "error"}]}})
    opened.close()


# %%
def gradient_at(x, y):
    return None
