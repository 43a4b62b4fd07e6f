"""Questions about the walk together, in plain language. Hardly any needs an answer."""
