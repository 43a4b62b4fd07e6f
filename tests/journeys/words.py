"""What is typed in the journeys: everybody and everything is invented."""

from typing import Final

#: The passphrase of everybody in the demo.
DEMO: Final = "sheltered side out of the wind"
SHUT: Final = "This page is not open to you, or it does not exist."
OFFLINE: Final = "No connection. Your words are still here"
KIND_ON_THIS_PAGE: Final = "The notes stay shut here"
