"""The agency and the people who work there.

What it is for: who is on which team, in which role, from when until when, and who holds which team's key.
What it owns: the agency, people, their keys, teams, team keys and grants, memberships, invitations.
What it never does: hear of a participant.
"""
