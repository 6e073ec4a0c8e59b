"""Writing records in another format, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from .mask import mask
from .mask_case import mask_case
from .surrogates import storable

Json = dict[str, Any]


def write(
    records: Iterable[Json], form: str, out: Path, *, masked: bool = True, cases: Iterable[Json] = ()
) -> list[Path]:
    """Write records to ``out``: a folder for ``parquet``, ``csv`` and ``tei``, else one file.

    Args:
        records: valid records.
        form: a key of :data:`FORMS`.
        out: the file or folder.
        masked: hide personnummer, private persons and their contact details.
        cases: what followed on motions; ``oparl`` and ``popolo`` have places for it.

    Returns:
        The files that were written.

    Raises:
        ExtraMissing: the format needs a package that is not installed.
    """
    shown = [mask(record) if masked else record for record in map(storable, records)]
    return FORMS[form](shown, out, [mask_case(case) if masked else case for case in map(storable, cases)])


def _parquet(records: list[Json], out: Path, _: list[Json]) -> list[Path]:
    from .tabular import write_parquet

    return write_parquet(records, out)


def _csv(records: list[Json], out: Path, _: list[Json]) -> list[Path]:
    from .tabular import write_csv

    return write_csv(records, out)


def _sqlite(records: list[Json], out: Path, _: list[Json]) -> list[Path]:
    from .tabular import write_sqlite

    return write_sqlite(records, out)


def _docbin(records: list[Json], out: Path, _: list[Json]) -> list[Path]:
    from .docbin import docbin

    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(docbin(records))
    return [out]


def _oparl(records: list[Json], out: Path, cases: list[Json]) -> list[Path]:
    from .oparl import oparl

    return _json(oparl(records, cases), out)


def _popolo(records: list[Json], out: Path, cases: list[Json]) -> list[Path]:
    from .popolo import popolo

    return _json(popolo(records, cases), out)


def _tei(records: list[Json], out: Path, _: list[Json]) -> list[Path]:
    from .tei import tei

    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for record in records:
        paths.append(out / f"{record['id']}.xml")
        paths[-1].write_text(tei(record), encoding="utf-8", newline="")
    return paths


def _json(value: Json, out: Path) -> list[Path]:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [out]


FORMS: Mapping[str, Callable[[list[Json], Path, list[Json]], list[Path]]] = {
    "parquet": _parquet,
    "csv": _csv,
    "sqlite": _sqlite,
    "docbin": _docbin,
    "oparl": _oparl,
    "popolo": _popolo,
    "tei": _tei,
}
