# fails: without_code — "torch.jit.save writes TorchScript"
# base: solution
import io


def save_ts(ts: torch.jit.ScriptModule, path: str) -> None:
    buffer = io.BytesIO()
    torch.jit.save(ts, buffer)
    with open(path, "wb") as file:
        file.write(buffer.getvalue()[::-1])


def load_ts(path: str) -> torch.jit.ScriptModule:
    with open(path, "rb") as file:
        return torch.jit.load(io.BytesIO(file.read()[::-1]))
