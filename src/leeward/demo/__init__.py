"""The invented agency that a visitor of the demo walks into.

It owns the words: an agency, its staff, seventy participants and a year of notes, all of it made up.
The prose lies in `data/`, so that practitioners can read and mend it without reading programs; the code here
only reads it and says plainly where it is wrong. It never describes a real person, place or organisation.
"""
