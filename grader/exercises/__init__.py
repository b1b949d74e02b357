"""The exercises: what a folder of each side holds, and the course that they make."""
