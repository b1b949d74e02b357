"""Takes in what a class has handed in: folders and archives of any layout become students with their work."""
