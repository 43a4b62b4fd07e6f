"""The worker's desk.

What it is for: the day, the people one walks with, and finding somebody again.
What it owns: no tables. It puts together what the packages below keep.
What it never does: write, but for what is written on the desk and belongs in a participant's file.
"""
