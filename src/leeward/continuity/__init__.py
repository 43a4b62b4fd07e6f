"""One consistent worker.

What it is for: who walks with somebody, inside and outside; hand-over, cover, the components of a case, conferences,
closing together, coming back, and a death.
What it owns: Component, Outside, Conference, HandOver, Ending, and the central worker across agencies.
What it never does: leave somebody without a worker, or close or reopen anything by itself.
"""
