"""What a browser is called in the list of one's sign-ins: enough to recognise it, too little to follow anybody."""

from typing import Final

# The order matters: most browsers also claim to be the older ones.
_BROWSERS: Final = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS: Final = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def browser(agent: str) -> str:
    """Such as "Firefox on Android"; nothing where it cannot be told."""
    name = next((called for sign, called in _BROWSERS.items() if sign in agent), "")
    system = next((called for sign, called in _SYSTEMS.items() if sign in agent), "")
    return " · ".join(part for part in (name, system) if part)
