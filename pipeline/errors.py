"""The errors a stage may raise when no honest result exists. Each has a code, an exit code and advice."""

from __future__ import annotations


class AttsatsError(Exception):
    """Base of all: ``code`` for machines, ``exit_code`` for shells, ``advice`` says the next step."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class InputMissing(AttsatsError):
    """The file is not there or cannot be opened."""

    code, exit_code = "input.missing", 10


class InputEmpty(AttsatsError):
    """The file holds no bytes, no pages or no text: an empty scan is a failure, not an empty success."""

    code, exit_code = "input.empty", 11


class InputUnknown(AttsatsError):
    """The bytes are of no kind that can be read."""

    code, exit_code = "input.unknown", 12


class InputDamaged(AttsatsError):
    """The file is of a known kind but truncated or broken."""

    code, exit_code = "input.damaged", 13


class InputEncrypted(AttsatsError):
    """The file asks for a password."""

    code, exit_code = "input.encrypted", 14


class InputTooLarge(AttsatsError):
    """The file or one page of it is larger than the settings allow."""

    code, exit_code = "input.too-large", 15


class EngineMissing(AttsatsError):
    """Tesseract or one of its languages is not installed."""

    code, exit_code = "engine.missing", 20


class EngineFailed(AttsatsError):
    """The OCR engine failed or ran out of its time."""

    code, exit_code = "engine.failed", 21


class ModelMissing(AttsatsError):
    """A trained model is not where it should be, or is of another version."""

    code, exit_code = "model.missing", 22


class RecordInvalid(AttsatsError):
    """A record breaks the schema or one of its laws."""

    code, exit_code = "record.invalid", 30
