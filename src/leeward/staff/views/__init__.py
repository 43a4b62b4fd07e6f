"""Pages about colleagues, their hours and their ways of working."""
