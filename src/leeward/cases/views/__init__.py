"""Pages about participants: what they do with a request."""
