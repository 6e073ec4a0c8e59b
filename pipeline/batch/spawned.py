"""A worker that was started afresh instead of forked: it loads the models itself."""

from __future__ import annotations

import json
import socket
import sys

from .task import Job, prepare
from .wire import Channel
from .worker import serve


def main(told: str) -> None:
    """Load and serve; ``told`` is JSON from the nursery."""
    order = json.loads(told)
    work, _ = prepare(Job(**order["job"]))
    channel = Channel(socket.socket(fileno=order["fd"]))
    serve(channel, work, parent=order["parent"], log=order["log"], memory=order["memory"])


if __name__ == "__main__":
    main(sys.argv[1])
