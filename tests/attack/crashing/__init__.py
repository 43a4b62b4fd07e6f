"""What writers do who are killed, and what has to be true of it afterwards, by subject."""
