"""Money and gifts.

What it is for: a small ledger of what was given, out of which fund, with which receipt, and who agreed to it.
What it owns: Fund and Gift.
What it never does: tie anything to attendance, or to how somebody lives.
"""
