"""The second engine: PP-OCR's line reader over ONNX, with the model that the wheel ``rapidocr`` ships.

Only the model file of that wheel is used, so that nothing is ever fetched at run time and no second copy of the
image libraries is loaded. The model reads one line at a time and knows ``§``, ``•`` and Swedish letters.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from PIL import Image

from ..errors import EngineMissing

_MODEL = "models/PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # pixels, the model's own
_WIDEST = 3200
_ADVICE = "pip install 'attsats[crosscheck]', or leave the cross-check off."


class Reading(NamedTuple):
    """What stands in an image of one line, and the probability of its least certain character."""

    text: str
    confidence: float


class LineReader(Protocol):
    """Anything that reads one line. Must be safe to call from several threads."""

    def read_line(self, image: Image.Image) -> Reading:
        """The text of a grey image that holds one line."""


class PpOcr:
    """PP-OCRv6 (small), one thread per call.

    Raises:
        EngineMissing: the extra ``crosscheck`` is not installed, or its wheel holds another model.
    """

    def __init__(self) -> None:
        self._session, self._letters = _loaded()

    def read_line(self, image: Image.Image) -> Reading:
        """See :class:`LineReader`."""
        width = min(_WIDEST, max(16, round(image.width * _HEIGHT / max(1, image.height))))
        grey = image.convert("L").resize((width, _HEIGHT), Image.Resampling.BILINEAR)
        pixels = np.asarray(grey, dtype=np.float32) / 127.5 - 1.0
        batch = np.ascontiguousarray(np.broadcast_to(pixels, (1, 3, _HEIGHT, width)))
        steps = self._session.run(None, {"x": batch})[0][0]
        best, sure = steps.argmax(axis=1), steps.max(axis=1)
        letters, least, before = [], 1.0, 0
        for index, probability in zip(best.tolist(), sure.tolist(), strict=True):
            if index and index != before:  # 0 stands for no letter; a letter lasts for several steps
                letters.append(self._letters[index])
                least = min(least, probability)
            before = index
        return Reading("".join(letters).strip(), least if letters else 0.0)


def _loaded() -> tuple[Any, list[str]]:
    """The model and its letters by index."""
    found = importlib.util.find_spec("rapidocr")
    places = found.submodule_search_locations if found else None
    path = Path(next(iter(places))) / _MODEL if places else None
    if path is None or not path.is_file():
        raise EngineMissing("The second engine's model is not installed.", _ADVICE)
    try:
        import onnxruntime
    except ImportError:
        raise EngineMissing("The second engine needs onnxruntime, which is not installed.", _ADVICE) from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    letters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ["", *letters, " "]
