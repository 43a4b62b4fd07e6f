"""Questions about days, in plain language. What must be answered is what is due, and when."""
