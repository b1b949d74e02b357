"""What `grade` can do, a file a command. `grader/cli.py` puts them together; nothing else imports them."""
