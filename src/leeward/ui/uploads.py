"""Uploads stay in memory until they are sealed.

Django's own handler would write large ones to a temporary file in plain.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """Keep one upload in memory, up to the size that settings name; more is refused before it is read to the end."""

    def new_file(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Start with an empty file."""
        super().new_file(*args, **options)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take one piece."""
        # One megabyte more than allowed still becomes a form error with a sentence; beyond that we stop reading.
        if start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1024 * 1024:
            message = "an upload was larger than Leeward takes"
            raise RequestDataTooBig(message)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file over, still in memory."""
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name or "paper", self.content_type, file_size, self.charset
        )
