"""A record as TEI, in the manner of Parla-CLARIN: pages, matters, labelled sections, att-satser, names, corrections.

Every repair is a ``choice`` of ``sic`` (as it was read) and ``corr`` (as repaired), so both texts can be had back:
see :func:`both_texts`. White space stands as it was read.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # XML has no way to hold these, and changes a carriage return
LOST = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
PICTURES = 0x2400  # Unicode has a visible picture of each control character
PICTURE = re.compile(r"[\u2400-\u241f]")
SCALE = ("high", 0.9), ("medium", 0.6), ("low", 0.0)


def tei(record: Json) -> str:
    """One TEI document. A control character, such as the form feed between pages, becomes its picture (``␌``)."""
    root = _element("TEI")
    root.append(_header(record))
    facsimile = _facsimile(record)
    if facsimile is not None:
        root.append(facsimile)
    body = ET.SubElement(ET.SubElement(root, _name("text"), {_xml("lang"): "sv"}), _name("body"))
    block = ET.SubElement(body, _name("ab"), {"type": "text"})
    _fill(block, record)
    body.append(_standoff(record))
    ET.register_namespace("", TEI)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def both_texts(document: str) -> tuple[str, str]:
    """The raw and the repaired text of a TEI document made here.

    Raises:
        ValueError: it is no such document.
    """
    block = ET.fromstring(document.encode()).find(f".//{_name('ab')}[@type='text']")
    if block is None:
        raise ValueError("no TEI document of attsats")
    raw, repaired = "".join(_read(block, "sic")), "".join(_read(block, "corr"))
    return PICTURE.sub(_control, raw), PICTURE.sub(_control, repaired)


def _control(picture: re.Match[str]) -> str:
    return chr(ord(picture[0]) - PICTURES)


def _read(element: ET.Element, wanted: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag not in ("sic", "corr") or tag == wanted:
            yield from _read(child, wanted)
        yield child.tail or ""


def _header(record: Json) -> ET.Element:
    header = _element("teiHeader")
    description = ET.SubElement(header, _name("fileDesc"))
    titles = ET.SubElement(description, _name("titleStmt"))
    first = record["items"][0]["title"] if len(record["items"]) == 1 else None
    _text(titles, "title", first or record["source"]["name"])
    for person in record["signatories"]:
        author = ET.SubElement(titles, _name("author"))
        _text(author, "persName", person["name"])
        if person["party"]:
            _text(author, "affiliation", person["party"])
    published = ET.SubElement(description, _name("publicationStmt"))
    _text(published, "publisher", record["municipality"]["name"] if record["municipality"] else "okänd")
    _text(published, "idno", record["id"], type="attsats")
    for number in record["dnr"]:
        _text(published, "idno", number, type="dnr")
    if record["date"]:
        _text(published, "date", record["date"], when=record["date"])
    source = ET.SubElement(ET.SubElement(description, _name("sourceDesc")), _name("bibl"), {"type": record["kind"]})
    _text(source, "title", record["source"]["name"])
    _text(source, "idno", record["source"]["sha256"], type="sha256")
    encoding = ET.SubElement(header, _name("encodingDesc"))
    made = record["generator"]
    software = ET.SubElement(encoding, _name("appInfo"))
    application = ET.SubElement(software, _name("application"), {"ident": made["name"], "version": made["version"]})
    _text(application, "label", made["name"])
    return header


def _facsimile(record: Json) -> ET.Element | None:
    sizes = record["source"]["page_sizes"]
    if not sizes:
        return None
    facsimile = _element("facsimile")
    first = record["source"]["part"]["pages"][0]
    for i, (width, height, _) in enumerate(sizes):
        corners = {"ulx": "0", "uly": "0", "lrx": str(width), "lry": str(height)}
        ET.SubElement(facsimile, _name("surface"), {_xml("id"): f"page-{first + i}", **corners})
    return facsimile


def _fill(block: ET.Element, record: Json) -> None:
    """The text with its repairs; deleted and inserted text as empty ``corr`` and ``sic``."""
    raw, last = record["text"]["raw"], 0
    block.text = ""
    before: ET.Element | None = None
    for edit in record["repairs"]:
        start, end = edit["raw"]
        before = _append(block, before, raw[last:start])
        choice = ET.SubElement(block, _name("choice"))
        _text(choice, "sic", edit["from"])
        certainty = next(name for name, least in SCALE if edit["confidence"] >= least)
        _text(choice, "corr", edit["to"], cert=certainty, type=edit["rule"])
        before, last = choice, end
    _append(block, before, raw[last:])


def _append(block: ET.Element, before: ET.Element | None, text: str) -> ET.Element | None:
    if before is None:
        block.text = (block.text or "") + _clean(text)
    else:
        before.tail = (before.tail or "") + _clean(text)
    return before


def _standoff(record: Json) -> ET.Element:
    """Sections, att-satser, outcomes and names as spans over the raw text, by character offset."""
    group = _element("div", type="annotations")
    for i, item in enumerate(record["items"]):
        matter = ET.SubElement(group, _name("div"), {"type": "matter", "n": str(i)})
        _text(matter, "head", " ".join(filter(None, (item["paragraph"], item["title"]))) or "–")
        asked = ET.SubElement(matter, _name("list"), {"type": "proposals"}) if item["proposals"] else None
        for p in item["proposals"]:
            if asked is not None:
                told = {"n": str(p["n"]), "ana": f"#{p['act']}", **({"corresp": _target(p)} if p["at"] else {})}
                _text(asked, "item", p["text"], **told)
        for o in item["outcomes"]:
            _text(
                matter, "note", o["verbatim"] or o["outcome"], type="outcome", subtype=o["outcome"], ana=f"#{o['act']}"
            )
        _spans(matter, "sections", ((s["kind"], s) for s in item["sections"]))
    _spans(group, "sections", ((s["kind"], s) for s in record["sections"]))
    _spans(group, "names", ((e["type"], e) for e in record["entities"]))
    if not group:
        _text(group, "p", "")
    return group


def _spans(parent: ET.Element, kind: str, values: Iterator[tuple[str, Json]]) -> None:
    found = [(name, at) for name, value in values for at in value["at"]]
    if not found:
        return
    holder = ET.SubElement(parent, _name("spanGrp"), {"type": kind})
    for name, at in found:
        start, end = at["raw"]
        ET.SubElement(holder, _name("span"), {"ana": f"#{name}", "from": f"#char={start}", "to": f"#char={end}"})


def _target(value: Json) -> str:
    return f"#char={value['at'][0]['raw'][0]},{value['at'][-1]['raw'][1]}"


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, _name(tag), {key: _clean(value) for key, value in attributes.items()})
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return LOST.sub("\ufffd", CONTROL.sub(lambda match: chr(ord(match[0]) + PICTURES), text))


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(_name(tag), attributes)


def _name(tag: str) -> str:
    return f"{{{TEI}}}{tag}"


def _xml(name: str) -> str:
    return f"{{{XML}}}{name}"
