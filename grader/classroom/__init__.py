"""A class: who handed in what, who grades it, each verdict kept, and what they say together."""
