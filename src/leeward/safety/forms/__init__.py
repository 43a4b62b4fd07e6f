"""Questions about what is not safe. Every one of them may stay empty: help comes first, words after (T1)."""
