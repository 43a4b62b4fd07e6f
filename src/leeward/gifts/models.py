"""What was given, and out of which fund."""
