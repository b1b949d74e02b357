# attack: send exceptions that are none: of any type, length, depth and encoding
# verdict: failed, error, crashed, timeout
# %%
kernel = get_ipython().kernel
original = kernel.do_execute


async def do_execute(*args, **kwargs):
    reply = await original(*args, **kwargs)
    deep = []
    for _ in range(900):
        deep = [deep]
    reply["grader_raised"] = {
        "type_name": "x" * 3_000_000,
        "message": "\ud800",
        "bases": deep,
        "frames": [{}] * 100_000,
        "line": 10**400,
    }
    return reply


kernel.do_execute = do_execute


# %%
def gradient_at(x, y):
    return None
