"""Tesseract: what is installed, and one page image in, TSV out.

pytesseract tells which program to run, its version and its languages. The pages themselves go through a pipe of
our own, because a page has to be stopped at once (time limit, Ctrl-C) with nothing left running, OMP_THREAD_LIMIT
must be set without touching the caller's environment, and a raw image through a pipe costs no PNG and no files.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from types import TracebackType

import pytesseract
from PIL import Image

from ..errors import EngineFailed, EngineMissing
from .settings import EngineReport

_INSTALL = "Debian/Ubuntu: apt install tesseract-ocr{packs}; macOS: brew install tesseract tesseract-lang."


def probe(languages: str = "swe+eng") -> EngineReport:
    """What is installed, and what to type for what is not. Never raises."""
    wanted = [code for code in languages.split("+") if code]
    packs = "".join(f" tesseract-ocr-{code}" for code in wanted)
    installed = _installed(pytesseract.pytesseract.tesseract_cmd)
    if installed is None:
        return EngineReport(None, (), tuple(wanted), _INSTALL.format(packs=packs))
    version = str(pytesseract.get_tesseract_version())
    missing = tuple(code for code in wanted if code not in installed)
    packs = "".join(f" tesseract-ocr-{code}" for code in missing)
    return EngineReport(version, installed, missing, _INSTALL.format(packs=packs) if missing else "")


@functools.cache
def _installed(command: str) -> tuple[str, ...] | None:
    """The languages of the program, or None where there is no such program. Asked once for each program."""
    try:
        return tuple(sorted(pytesseract.get_languages()))
    except (pytesseract.TesseractError, OSError, SystemExit):
        return None


def usable_languages(languages: str) -> tuple[str, tuple[str, ...]]:
    """The wanted languages that are installed, joined by ``+``, and those that are not.

    Raises:
        EngineMissing: no Tesseract, or none of the languages.
    """
    installed = _installed(pytesseract.pytesseract.tesseract_cmd)
    if installed is None:
        raise EngineMissing("Tesseract is needed to read an image, and it is not installed.", probe(languages).advice)
    wanted = [code for code in languages.split("+") if code]
    usable = [code for code in wanted if code in installed]
    if not usable:
        raise EngineMissing(f"Tesseract has none of the languages {languages!r}.", probe(languages).advice)
    return "+".join(usable), tuple(code for code in wanted if code not in installed)


class PageTimeout(Exception):
    """One page took longer than it may."""


class Tesseract:
    """Runs one process per page; leaving the ``with`` block kills those that still run.

    Safe to call from several threads.
    """

    def __init__(self, languages: str, *, timeout: float) -> None:
        self.languages = languages
        self._timeout = timeout
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def __enter__(self) -> Tesseract:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Kill what runs; no page is begun after it."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()

    def read(self, image: Image.Image, *, dpi: int, psm: int = 3, languages: str | None = None) -> str:
        """The TSV of one page image, read with the engine's languages or with some of them.

        Raises:
            PageTimeout: it took too long and was killed.
            EngineFailed: the engine said no.
        """
        codes = languages or self.languages
        command = [pytesseract.pytesseract.tesseract_cmd, "-", "-", "-l", codes, "--dpi", str(dpi), "--psm", str(psm)]
        return self._run([*command, "tsv"], portable(image))

    def orientation(self, image: Image.Image, *, dpi: int) -> str:
        """Tesseract's report on the orientation of one page image (needs the language ``osd``)."""
        return self._run([pytesseract.pytesseract.tesseract_cmd, "-", "-", "--dpi", str(dpi), "--psm", "0"],
                         portable(image))  # fmt: skip

    def _run(self, command: list[str], data: bytes) -> str:
        with self._lock:
            if self._stopped:
                raise EngineFailed("The reading was interrupted.")
            process = subprocess.Popen(
                [*_leash(), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
            self._running.add(process)
        try:
            out, err = process.communicate(data, timeout=self._timeout)
        except subprocess.TimeoutExpired:
            raise PageTimeout(f"after {self._timeout:g} s") from None
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()
            with self._lock:
                self._running.discard(process)
        if process.returncode:
            said = err.decode("utf-8", "replace").strip().rpartition("\n")[2][-200:]
            raise EngineFailed(f"Tesseract ended with {process.returncode}: {said or 'it said nothing'}.")
        return out.decode("utf-8", "replace")


@functools.cache
def _leash() -> tuple[str, ...]:
    """On Linux the kernel kills the child when we die, even by SIGKILL."""
    found = shutil.which("setpriv") if sys.platform == "linux" else None
    return (found, "--pdeathsig", "KILL") if found else ()


def portable(image: Image.Image) -> bytes:
    """The pixels as a portable anymap: nothing to compress, nothing to unpack."""
    if image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB" if image.mode in ("P", "CMYK", "YCbCr", "LAB", "HSV") else "L")
    magic = {"1": b"P4", "L": b"P5", "RGB": b"P6"}[image.mode]
    head = magic + b"\n%d %d\n" % image.size + (b"" if image.mode == "1" else b"255\n")
    # PBM counts black as 1, Pillow white.
    return head + (image.tobytes("raw", "1;I") if image.mode == "1" else image.tobytes())
