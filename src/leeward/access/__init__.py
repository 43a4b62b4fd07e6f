"""The one door.

What it is for: deciding who may (policy), opening what may be opened (gate), writing down who did (trail).
What it owns: one table, the trail. What a file holds, and whose it is, it asks of the packages above.
What it never does: read a sealed word, or let one be read that the trail does not know of.
"""
