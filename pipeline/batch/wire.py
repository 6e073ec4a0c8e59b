"""Frames between the driver, the nursery and the workers: a JSON header and raw bytes, over a local socket."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, NamedTuple

_SIZES = struct.Struct(">IQ")
_CHUNK = 1 << 18


class Frame(NamedTuple):
    """One message: what it says, and the bytes it carries."""

    header: dict[str, Any]
    payload: bytes


def pack(header: dict[str, Any], payload: bytes = b"") -> bytes:
    """The bytes of one frame."""
    text = json.dumps(header).encode()
    return _SIZES.pack(len(text), len(payload)) + text + payload


class Reader:
    """Collects bytes and gives whole frames; a frame that was cut off is never given.

    >>> reader, sent = Reader(), pack({"task": 1}, b"abc")
    >>> reader.feed(sent[:5]), reader.feed(sent[5:])
    ([], [Frame(header={'task': 1}, payload=b'abc')])
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._wanted = 0

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that ``data`` completes."""
        self._held += data
        frames = []
        while len(self._held) >= max(self._wanted, _SIZES.size):
            head, body = _SIZES.unpack_from(self._held)
            start = _SIZES.size + head
            self._wanted = start + body
            if len(self._held) < self._wanted:
                break
            frames.append(Frame(json.loads(self._held[_SIZES.size : start]), bytes(self._held[start : self._wanted])))
            del self._held[: self._wanted]
            self._wanted = 0
        return frames


class Channel:
    """One end of a socket pair; frames in both directions."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._reader = Reader()
        self._waiting: list[Frame] = []

    def fileno(self) -> int:
        """For ``select``."""
        return self.sock.fileno()

    def send(self, header: dict[str, Any], payload: bytes = b"", fds: tuple[int, ...] = ()) -> None:
        """Send one frame, with open files when there are any.

        Raises:
            OSError: the other side is gone, or does not read.
        """
        data = pack(header, payload)
        if fds:
            sent = socket.send_fds(self.sock, [data], list(fds))
            data = data[sent:]
        self.sock.sendall(data)

    def arrived(self) -> list[Frame] | None:
        """The frames that one read completes; ``None`` when the other side is gone."""
        try:
            data = self.sock.recv(_CHUNK)
        except (ConnectionError, TimeoutError):
            return None
        return self.taken(data) if data else None

    def taken(self, data: bytes) -> list[Frame]:
        """The frames that bytes complete which somebody else took from the socket."""
        return self._reader.feed(data)

    def receive(self) -> Frame | None:
        """Wait for the next frame; ``None`` when the other side is gone."""
        while not self._waiting:
            frames = self.arrived()
            if frames is None:
                return None
            self._waiting += frames
        return self._waiting.pop(0)

    def close(self) -> None:
        """Hang up."""
        self.sock.close()
