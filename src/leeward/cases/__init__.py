"""The participant's file.

What it is for: who we walk beside, who walks with whom, and what happened, in words that only their workers can open.
What it owns: cases and their keys, participants, the timeline, sets of words for search, drafts, papers, care teams.
What it never does: open without the gate, or decide who may.
"""
