"""Sealing words.

What it is for: turning what people tell us into bytes that mean nothing without a key that their workers hold.
What it owns: the cipher, the key-ring of a request, sealed fields, sealed files, the pepper, the paper kit. No tables.
What it never does: decide who may read. It knows keys, not people.
"""
