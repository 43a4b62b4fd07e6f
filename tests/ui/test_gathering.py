"""Static files are made once, and anew when something about them changed."""

from pathlib import Path

from django.test import override_settings

from leeward.cli.serve import gather_static


def test_a_second_start_makes_nothing_and_another_version_all_of_it(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        gather_static()
        made = tmp_path / "ui" / "leeward.css"
        made.unlink()
        gather_static()
        assert not made.exists()
        (tmp_path / "gathered").write_text("by an older version", "ascii")
        gather_static()
        assert made.exists()


def test_folders_that_nobody_asks_for_stay_where_they_are(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        gather_static()
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"django_htmx", "signin", "ui"}
    assert not (tmp_path / "django_htmx" / "ext").exists()
