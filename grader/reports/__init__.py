"""A Report in, text out: each module renders one, or a part of one, and does nothing else."""
