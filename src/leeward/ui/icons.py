"""Icons from lucide, drawn into the page: no extra request, no style, never read aloud."""

from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from django.utils.safestring import SafeString, mark_safe

SVG = "{http://www.w3.org/2000/svg}"
OPENING = '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">'


class UnknownIconError(LookupError):
    """There is no icon of that name, so the page is wrong and must say so to its author."""


@cache
def drawing(name: str) -> SafeString:
    """Give the drawing; its colour and stroke come from the stylesheet."""
    try:
        source = _box().read(f"{name}.svg")
    except KeyError:
        raise UnknownIconError(f"lucide has no icon called {name!r}") from None
    lines = "".join(_line(child) for child in ET.fromstring(source))  # noqa: S314 - a file of our own wheel
    return mark_safe(f"{OPENING}{lines}</svg>")  # noqa: S308 - no words of anybody in it


def marked(name: str, mark: str) -> SafeString:
    """Give the drawing with a mark, so that it can be drawn again on the same page."""
    return mark_safe(drawing(name).replace("<svg ", f'<svg id="{mark}" ', 1))  # noqa: S308 - both are our own words


def again(mark: str) -> SafeString:
    """Draw once more what stands on the page under a mark: its lines weigh only once, however long a list is."""
    return mark_safe(f'{OPENING}<use href="#{mark}" width="24" height="24"/></svg>')  # noqa: S308 - our own word


@cache
def _box() -> ZipFile:
    return ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes()))


def _line(child: ET.Element) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in child.attrib.items() if key != "key")
    return f"<{child.tag.removeprefix(SVG)}{attributes}/>"
