"""A label is part of every seal: one that changes makes words unreadable for ever."""

from pathlib import Path

from leeward.vault.fields import LABELS, UPGRADERS

FROZEN = Path(__file__).with_name("labels.txt")


def test_labels_are_frozen() -> None:
    told = [
        f"{label} {field.compartment or '-'} {type(field).__name__} {field.shape}"
        for label, field in sorted(LABELS.items())
    ]
    assert told == FROZEN.read_text(encoding="utf-8").splitlines()


def test_every_older_shape_has_its_way_up() -> None:
    for label, field in LABELS.items():
        assert set(UPGRADERS.get(label, {})) == set(range(1, field.shape)), label


def test_migrations_name_the_same_labels() -> None:
    texts = [path.read_text(encoding="utf-8") for path in Path("src/leeward").rglob("migrations/0*.py")]
    named = "".join(texts)
    assert all(f"label='{label}'" in named for label in LABELS)
