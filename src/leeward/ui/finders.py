"""Makes the typeface from its package when static files are gathered, so that no font lies in our tree."""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import product
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

FACES = {"regular": "Regular", "bold": "Bold", "italic": "Italic"}
# What English, Spanish and French need comes in one small file; the rest of Europe only when it is met.
SETS = {
    "latin": "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+0300-0304,U+0308,"
    "U+2013-2014,U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212",
    "more": "U+0100-0130,U+0132-0151,U+0154-02C5,U+02C7,U+02D8-02D9,U+02DB,U+02DD,U+0306-0307,U+030A-0328,"
    "U+0394,U+03A9,U+03BC,U+03C0",
}
# Italics are only for a participant's own words: the letters alone, or else everything.
ITALIC = (
    "U+0020-003F,U+0041-005A,U+0061-007A,U+00A0-00A1,U+00AB,U+00BB,U+00BF-00C2,U+00C7-00CB,U+00CE-00CF,"
    "U+00D1,U+00D3-00D4,U+00D9-00DC,U+00E0-00E2,U+00E7-00EB,U+00EE-00EF,U+00F1,U+00F3-00F4,U+00F9-00FC,"
    "U+0153,U+2013-2014,U+2018-2019,U+201C-201D,U+2026"
)
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "tnum"]
FOLDER = "ui/fonts"


class FontFinder(BaseFinder):
    """Shows Django the finished fonts as if they had always been there."""

    def check(self, **_: object) -> list[CheckMessage]:
        """Nothing can be set wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **_: object) -> str | list[str]:  # type: ignore[override]  # noqa: FBT001, FBT002 - Django's signature
        """Find one font by its public path."""
        if not path.startswith(f"{FOLDER}/") or not (built() / path).is_file():
            return []
        place = str(built() / path)
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002 - Django's signature
        """List all fonts for collectstatic."""
        shelf = FileSystemStorage(location=built())
        for face in sorted((built() / FOLDER).iterdir()):
            yield f"{FOLDER}/{face.name}", shelf


@cache
def built() -> Path:
    """Make the fonts on first use; later calls find them in the user's cache."""
    shelf = _cache() / f"fonts-{_version()}"
    for face, subset in product(FACES, SETS):
        target = shelf / FOLDER / f"{face}-{subset}.woff2"
        if not target.exists():
            _make(face, subset, target)
    return shelf


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "leeward"


def _version() -> str:
    recipe = sha256(repr((FACES, SETS, ITALIC, FEATURES)).encode())
    for face in FACES:
        recipe.update(_source(face).read_bytes())
    return recipe.hexdigest()[:16]


def _source(face: str) -> Path:
    return Path(str(files("fontpkg_atkinson_hyperlegible"))) / f"files/AtkinsonHyperlegible-{FACES[face]}.ttf"


def _letters(face: str, subset: str) -> str:
    if face != "italic":
        return SETS[subset]
    return ITALIC if subset == "latin" else ",".join(SETS.values())


def _make(face: str, subset: str, target: Path) -> None:
    # Imported here: a running server never needs it.
    from fontTools import subset as cutter  # noqa: PLC0415

    options = cutter.Options(flavor="woff2", hinting=False)
    options.layout_features = FEATURES if face != "italic" else []
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_suffix(f".{os.getpid()}")
    with cutter.load_font(str(_source(face)), options) as font:
        tool = cutter.Subsetter(options)
        tool.populate(unicodes=cutter.parse_unicodes(_letters(face, subset).replace("U+", "")))
        tool.subset(font)
        cutter.save_font(font, str(draft), options)
    draft.replace(target)  # whoever else builds at the same moment never sees half a font
