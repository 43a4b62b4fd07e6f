"""When something is not safe.

What it is for: crises, nights, missing from care, reports that the law asks for, emergencies, the night sheet.
What it owns: CrisisWishes, Crisis, NightNote, Missing, Report.
What it never does: stand between somebody and help. Act first; what is written down comes after.
"""
