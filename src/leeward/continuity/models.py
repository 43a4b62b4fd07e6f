"""What is kept about the walk itself."""
