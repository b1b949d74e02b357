# attack: answer nbclient in the kernel's name: every cell is fine, and has returned full marks
# verdict: failed, error, crashed, timeout
# %%
import threading
import time

shell = get_ipython()
kernel = shell.kernel
parent = kernel.get_parent("shell")


def forge():
    while True:
        content = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}, "grader_raised": None}
        kernel.session.send(kernel.shell_stream, "execute_reply", content, parent=parent, ident=[b"x"])
        for state in ("busy", "idle"):
            kernel.session.send(kernel.iopub_socket, "status", {"execution_state": state}, parent=parent)
        time.sleep(0.002)


threading.Thread(target=forge, daemon=True).start()


# %%
def gradient_at(x, y):
    return "10/10"
