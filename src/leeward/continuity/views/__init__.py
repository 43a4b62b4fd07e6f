"""Pages about who walks with whom: what they do with a request."""
