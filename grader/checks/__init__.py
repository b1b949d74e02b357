"""What an exercise's checks are made of: questions to the student's work, and answers held against the truth."""
