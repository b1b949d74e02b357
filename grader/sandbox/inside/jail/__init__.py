"""The layers that a worker puts on before it runs anything of a student's."""
