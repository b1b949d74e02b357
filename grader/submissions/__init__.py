"""A student's files: read, as notebooks too, copied, handed in, and what is remembered of them."""
