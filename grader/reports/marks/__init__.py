"""Renderings of marks: the way from checks to a mark, what happened, and what needs a person."""
