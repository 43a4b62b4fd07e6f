"""What was agreed for a day.

What it is for: promises, to-dos and deadlines, appointments and court, trips, the calendar, who waits for an answer.
What it owns: Due, Trip, Ask, Feed and Busy.
What it never does: count or rank anybody, remind a participant by itself, or put a name into a calendar.
"""
