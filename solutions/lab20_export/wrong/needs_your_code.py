# fails: without_code — "torch.export.save writes such files"
# base: solution
import io


def save_ep(program: ExportedProgram, path: str) -> None:
    buffer = io.BytesIO()
    torch.export.save(program, buffer)
    with open(path, "wb") as file:
        file.write(buffer.getvalue()[::-1])


def load_ep(path: str) -> ExportedProgram:
    with open(path, "rb") as file:
        return torch.export.load(io.BytesIO(file.read()[::-1]))
