"""What is kept about what was not safe."""
