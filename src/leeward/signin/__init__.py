"""Signing in, locking, joining, setting up.

What it is for: making sure who is here, and that nobody else reads on when they have gone.
What it owns: sign-ins (sealed sessions), words that came too late, limits on tries. The keys belong to `staff`.
What it never does: know a participant, keep a passphrase, or tell a stranger who works here.
"""
