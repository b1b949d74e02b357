"""What `grade` can do, a file a command. The only code that prints."""
