# attack: shut the kernel down, stop its loops and its threads, and answer instead
# verdict: failed, error, crashed, timeout
# %%
kernel = get_ipython().kernel
await kernel.do_shutdown(False)
kernel.session.send(kernel.control_stream, "shutdown_reply", {"status": "ok", "restart": False})
# %%
for stream in (kernel.control_stream, kernel.shell_stream):
    stream.io_loop.add_callback(stream.io_loop.stop)
kernel.io_loop.add_callback(kernel.io_loop.stop)


# %%
def gradient_at(x, y):
    return True
