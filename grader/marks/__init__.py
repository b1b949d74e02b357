"""What a course makes of verdicts: its policy, when work came, what persons have said, and the mark."""
