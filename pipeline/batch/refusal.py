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


class LoadFailed(AttsatsError):
    """The models could not be loaded; code and advice are those of the cause."""

    def __init__(self, code: str, message: str, advice: str, trace: str = "") -> None:
        super().__init__(message, advice)
        self.code = code
        self.exit_code = 22 if code == "model.missing" else 1
        self.trace = trace

    def __reduce__(self) -> tuple[type[LoadFailed], tuple[str, str, str, str]]:
        return LoadFailed, (self.code, self.message, self.advice, self.trace)  # a cluster sends it home
