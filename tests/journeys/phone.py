"""A phone with an app that makes codes (RFC 6238), made anew here so that nothing of ours vouches for itself."""

import base64
import hmac
import struct
import time

STEP = 30


class Phone:
    """Each code works once, so it waits for the next step only when the three that are taken now were used."""

    def __init__(self, secret: str) -> None:
        self._key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        self._last = 0

    def code(self) -> str:
        """A code that was not used yet."""
        step = max(int(time.time()) // STEP - 1, self._last + 1)
        while step > int(time.time()) // STEP + 1:
            time.sleep(0.5)
        self._last = step
        return self._of(step)

    def wrong_code(self) -> str:
        """Six digits that fit neither now nor soon."""
        near = {self._of(int(time.time()) // STEP + step) for step in range(-3, 5)}
        return next(code for code in ("123456", "234567", "345678") if code not in near)

    def _of(self, step: int) -> str:
        mark = hmac.digest(self._key, struct.pack(">Q", step), "sha1")
        start = mark[-1] & 15
        number = struct.unpack(">I", mark[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 10**6:06}"
