"""Renderings of a Report: each module turns one into text, and does nothing else."""
