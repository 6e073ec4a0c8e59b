"""From a transcript to an outline: lines, kind, items, labels, proposals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ..diary import without_number
from ..document import Item, Outline, Section, Span, Transcript, Value
from ..errors import ModelMissing
from .agenda import agenda, agenda_title
from .annexes import annexes_behind, label_annexes
from .argument import ArgumentModel, argue, load_argument
from .bodies import body_of
from .closing import cells
from .doubts import doubts
from .draft import PAGE, Draft
from .front import ATTENDANCE, PRESENT, label_front
from .furniture import furniture
from .gaps import lost_lines
from .head_lines import is_meta_line
from .heads import breaks_name, label_head
from .kinds import MEMBERS, PROTOCOLS, kind_of
from .lines import fold, paragraphs, read_lines
from .members import label_member
from .official import label_official
from .proposals import find_proposals
from .rewrapped import closed_up
from .running import running
from .starts import Start, page_heads, starts, strip_ids
from .tables import Tables, load_tables
from .titles import clean_title


@dataclass(frozen=True)
class SegmentModel:
    """The tables of the grammar and the classifier of members' running text."""

    tables: Tables
    argument: ArgumentModel


def load(folder: Path) -> SegmentModel:
    """Open the model that lies in ``folder``.

    Raises:
        ModelMissing: there is none, or it cannot be read.
    """
    try:
        return SegmentModel(load_tables(), load_argument(folder))
    except (OSError, KeyError, ValueError) as error:
        raise ModelMissing(f"The structure model in {folder} cannot be read: {error}.", "Reinstall attsats.") from error


@dataclass
class Plan:
    """The lines of a document shared out: those before the items, the items with their starts, the annexes behind."""

    front: list[int]
    items: list[tuple[Start | None, list[int]]]
    annexes: list[int] = field(default_factory=list)


def segment(transcript: Transcript, model: SegmentModel) -> Outline:
    """Find the kind, the matters, the sections of every line and the proposals."""
    draft, kind, plan, titles = layout(transcript.text, model.tables)
    argue(draft, model.argument)
    _close(draft)
    every = [i for _, indices in plan.items for i in indices]
    body = body_of(draft, every)
    items = tuple(
        _item(draft, start, indices, title, body, kind.confidence)
        for (start, indices), title in zip(plan.items, titles, strict=True)
    )
    notes = (*doubts(transcript, kind, draft), *lost_lines(transcript, items))
    return Outline(transcript, kind, body, items, _sections(draft, plan.front + plan.annexes), notes)


def layout(text: str, tables: Tables) -> tuple[Draft, Value[str], Plan, list[list[int]]]:
    """All that the grammar decides before the classifier is asked: labels, kind, items, lines of the titles."""
    lines = closed_up(read_lines(text))
    page = furniture(lines, tables)
    kind = kind_of(lines, page, tables)
    draft = Draft(lines, tables, page, kind.value)
    plan = _plan(draft)
    titles: list[list[int]] = []
    if plan.front:
        label_front(draft, plan.front)
    label_annexes(draft, plan.annexes)
    for start, indices in plan.items:
        titles.append(_label_item(draft, start, indices))
    return draft, kind, plan, titles


def _plan(draft: Draft) -> Plan:
    everything = list(range(len(draft.lines)))
    if draft.kind == "kallelse":
        matters = agenda(draft)
        taken = {i for matter in matters for i in matter}
        return Plan([i for i in everything if i not in taken], [(None, matter) for matter in matters])
    if draft.kind not in PROTOCOLS:
        return Plan([], [(None, everything)])
    found = starts(draft)
    if not found:
        return Plan(everything, []) if draft.kind == "protokoll" else Plan([], [(None, everything)])
    heads = page_heads(draft, found)
    draft.page.update(heads)
    draft.put(heads, PAGE)
    ends = [start.index for start in found[1:]] + [len(draft.lines)]
    items: list[tuple[Start | None, list[int]]] = [
        (start, list(range(start.index, end))) for start, end in zip(found, ends, strict=True)
    ]
    front = list(range(found[0].index))
    behind: list[int] = []
    if draft.kind == "protokollsutdrag":
        first, indices = items[0]
        items[0] = (first, front + indices)
        front = []
    elif behind := annexes_behind(draft, items[-1][1]):
        items[-1] = (items[-1][0], [i for i in items[-1][1] if i < behind[0]])
    return Plan(front, items, behind)


def _label_item(draft: Draft, start: Start | None, indices: list[int]) -> list[int]:
    """Label the lines of one item; the indices of its title's lines."""
    if draft.kind == "kallelse":
        draft.put(indices, "toc", 0.9)
        return agenda_title(draft, indices)[1]
    title: list[int] = []
    at = 0
    if start is not None:
        before = [i for i in indices if i < start.index]
        _before_number(draft, before)
        at = indices.index(start.index)
        if start.rest and strip_ids(start.rest):
            draft.put([start.index], "title", 0.9)
            title = [start.index]
        else:
            draft.put([start.index], "meta", 0.95)
        rest = indices[at + 1 :]
    else:
        rest = indices
    if title:
        more, used = _title_goes_on(draft, title[0], rest)
        title += more
    elif start is None and draft.kind in PROTOCOLS and not _headed(draft, rest):
        used = 0
    else:
        more, used = label_head(draft, rest, item=start is not None)
        title += more
    text = rest[used:]
    if draft.kind in MEMBERS or (draft.kind == "yttrande" and _party_paper(draft)):
        label_member(draft, text)
    else:
        label_official(draft, text)
    return title


def _before_number(draft: Draft, before: list[int]) -> None:
    """What stands above the § of an extract: its body and date, and in some houses who decided."""
    if any(draft.tables.heading(draft.lines[i]) == "signature" for i in before):  # an extract with its front page
        label_front(draft, before)
        return
    present = False
    for i in before:
        line = draft.lines[i]
        listed = ATTENDANCE.match(line.key) or PRESENT.match(line.text) or _CHECKED.match(line.key)
        present = (present and (not line.gap or len(cells(line)) > 1)) or listed is not None
        draft.put([i], "attendance" if present else "meta", 0.9)


# When an extract's minutes were checked, with the names below: "Justerat 2014-10-02".
_CHECKED = re.compile(r"justerat( den)? \d{4}-\d\d-\d\d$")


def _headed(draft: Draft, indices: list[int]) -> bool:
    """Whether a protocol without a § begins with a head (and is not the middle of one)."""
    open_lines = [i for i in indices[:4] if draft.label[i] is None]
    return (
        bool(open_lines)
        and len(draft.lines[open_lines[0]].text) < 60
        and not draft.lines[open_lines[0]].text.endswith(":")
    )


def _title_goes_on(draft: Draft, first: int, rest: list[int]) -> tuple[list[int], int]:
    """Further lines of a title that stands beside its §, and the meta lines under it."""
    title: list[int] = []
    used = 0
    for i in rest[:6]:
        line = draft.lines[i]
        if draft.label[i] is not None:
            used += 1
            continue
        near = not line.gap and i == first + 1 + len(title) and len(title) < 3
        named = near and breaks_name(draft.lines[i - 1].text, line.text)
        if named or (near and not draft.tables.heading(line) and not is_meta_line(draft, draft.lines[i], 1)):
            title.append(i)
            draft.put([i], "title", 0.85)
        else:
            break
        used += 1
    return title, used + label_meta(draft, rest[used:])


def label_meta(draft: Draft, indices: list[int]) -> int:
    """Label the meta lines (dnr, date) between a title and the text; how many they are."""
    used = 0
    for i in indices[:4]:
        if draft.label[i] is None:
            if draft.tables.heading(draft.lines[i]) or not is_meta_line(draft, draft.lines[i], 1):
                break
            draft.put([i], "meta", 0.9)
        used += 1
    return used


def _party_paper(draft: Draft) -> bool:
    """A yttrande by parties and not by an office."""
    head = " ".join(line.key for line in draft.lines[:8])
    return any(word in head for word in _PARTIES)


_PARTIES = ("moderaterna", "socialdemokraterna", "sverigedemokraterna", "centerpartiet", "vansterpartiet",
            "liberalerna",
            "kristdemokraterna", "miljopartiet")  # fmt: skip


def _close(draft: Draft) -> None:
    """No line stays without a label."""
    draft.put(range(len(draft.lines)), "other", 0.4)


def _item(
    draft: Draft, start: Start | None, indices: list[int], title: list[int], body: Value[str] | None, sure: float
) -> Item:
    spans = [draft.lines[i].span for i in indices]
    span = Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
    paragraph = Value(start.paragraph, 0.97, (draft.lines[start.index].span,)) if start and start.paragraph else None
    return Item(
        span,
        paragraph,
        _title(draft, start, title, indices),
        _sections(draft, indices),
        find_proposals(draft, indices, body.value if body else None, sure),
    )


def _title(draft: Draft, start: Start | None, title: list[int], indices: list[int]) -> Value[str] | None:
    if draft.kind == "kallelse":
        return Value(agenda_title(draft, indices)[0], 0.85, tuple(draft.lines[i].span for i in title))
    if not title:
        return _title_of_motion(draft, indices)
    texts = [_without_date(draft, draft.lines[i].text) for i in title]
    if start is not None and title[0] == start.index:
        texts[0] = strip_ids(start.rest)
    text = clean_title(without_number(running(map(without_number, texts))))
    return Value(text, 0.93, tuple(draft.lines[i].span for i in title)) if text else None


def _without_date(draft: Draft, text: str) -> str:
    """A title without the place and date that stand in a column of their own beside it."""
    first, _, last = text.rpartition("   ")
    return first.rstrip() if first.strip() and draft.tables.has("place-date", fold(last)) else text


def _title_of_motion(draft: Draft, indices: list[int]) -> Value[str] | None:
    """Where the head is lost: the title of the motion that stands among the documents."""
    basis = [i for i in indices if draft.label[i] == "basis"]
    for group in paragraphs([draft.lines[i] for i in basis], draft.width):
        text = running(line.body for line in group)
        if found := re.search(r"(Motion(?:en)? (?:från|av) .{3,80}? om .{5,}?)(?:,? \d{4}-\d\d-\d\d\.?)?$", text):
            return Value(clean_title(found[1]), 0.6, tuple(line.span for line in group))
    return None


def _sections(draft: Draft, indices: list[int]) -> tuple[Section, ...]:
    """Neighbouring lines of one label under one heading; furniture parts the spans and not the section."""
    groups: list[list[int]] = []
    last = ""
    for i in indices:
        label = draft.label[i] or "other"
        if label == PAGE:
            if last == PAGE:
                groups[-1].append(i)
            else:
                groups.append([i])
        else:
            back = next((g for g in reversed(groups) if draft.label[g[0]] != PAGE), None)
            apart = last == PAGE
            if (
                back is not None
                and draft.label[back[0]] == label
                and draft.head[back[0]] == draft.head[i]
                and (label != "heading" and (not apart or label not in {"title", "meta"}))
            ):
                back.append(i)
            else:
                groups.append([i])
        last = label
    return tuple(_section(draft, group) for group in groups)


def _section(draft: Draft, group: list[int]) -> Section:
    spans: list[Span] = []
    previous = -2
    for i in group:
        span = draft.lines[i].span
        if i == previous + 1 and spans:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
        previous = i
    head = draft.head[group[0]]
    heading = draft.lines[head].text if head is not None else None
    sure = sum(draft.sure[i] for i in group) / len(group)
    return Section(draft.label[group[0]] or "other", tuple(spans), round(sure, 3), heading)
