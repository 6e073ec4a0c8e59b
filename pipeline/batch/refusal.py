"""The ways a batch ends without doing its work, each with its exit code."""

from __future__ import annotations

from ..errors import AttsatsError

DONE, SOME_FAILED, INTERRUPTED = 0, 3, 130


class Refused(AttsatsError):
    """The batch was not begun: what was asked cannot go well. Nothing has been changed."""

    code, exit_code = "batch.refused", 50


class Stopped(AttsatsError):
    """The batch had to end early; what was finished is kept and ``--resume`` goes on."""

    code, exit_code = "batch.stopped", 51
