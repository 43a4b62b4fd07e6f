"""How fast Leeward is, against the same house with plain columns: ratios from one run, on one machine.

What it owns: the plaintext twin (`bench.twin`), which exists here and nowhere else. There is no "cipher off" switch.
`python -m bench` starts one process for each store and lets them take turns, A B A B, so that a busy machine slows
all of them alike. Every number that is compared comes from the same run.
"""
