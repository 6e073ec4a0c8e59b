"""How good a text is: clean, read with a wrong language, noisy, mojibake, mixed or empty; from text alone.

Pure: a text and a small model in, a verdict out. ``ocr`` asks about a text layer before it decides to read
the image, ``repair`` about the text it gets; neither calls the other.
"""

from __future__ import annotations

from .assess import assess, language_notes
from .decode import decode
from .model import QualityModel, load
from .verdict import Verdict, verdict

__all__ = ["QualityModel", "Verdict", "assess", "decode", "language_notes", "load", "verdict"]
