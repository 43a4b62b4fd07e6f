"""Pages of days: what they do with a request."""
