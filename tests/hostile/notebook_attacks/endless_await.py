# attack: wait for ever for what never comes, leave tasks and callbacks in the kernel's loop, and stop it
# verdict: failed, error, crashed, timeout
# %%
import asyncio

loop = asyncio.get_running_loop()


async def for_ever():
    while True:
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            pass


tasks = [asyncio.ensure_future(for_ever()) for _ in range(100)]


def again():
    loop.call_soon(again)


again()
loop.set_exception_handler(lambda *_: loop.stop())
# %%
loop.call_later(0.01, loop.stop)
# %%
await asyncio.Event().wait()


# %%
def gradient_at(x, y):
    return None
