"""The desk's pages: what they do with a request."""
