"""Questions, in plain language."""
