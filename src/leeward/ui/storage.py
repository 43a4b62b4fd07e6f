"""Static files under names that change with their content, so that browsers keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Also renames what our scripts import, or an old script would be met by a new one."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Give the plain name where files were not gathered: a page without its dress still says what happened."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
