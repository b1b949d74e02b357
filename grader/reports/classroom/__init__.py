"""Renderings of a class: its page, gradebooks, summary, and a page for every student."""
