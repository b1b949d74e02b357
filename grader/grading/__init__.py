"""One submission: every check asked in its order, in a session with a worker, and what happened put into words."""
