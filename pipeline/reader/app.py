"""The web application. It answers on this machine only, asks nothing of any other, and runs one request at a time.

Everything from documents and queries is escaped by the templates; the content security policy allows the page's own
style sheet, script and images, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ..errors import AttsatsError
from ..search import FACETS, Filters, Index, QueryInvalid, Results, Snippet, search
from ..show.case_page import doubts
from .downloads import hits_csv, hits_json, proposals_csv
from .images import Files
from .reading import reading
from .wording import LANGUAGES, Wording

PER_PAGE = 20
MOST_DOWNLOADED = 1000
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HERE = resources.files(__package__)


@dataclass(frozen=True)
class Reader:
    """The pages, over one open index and maybe a folder of source files."""

    index: Index
    files: Files
    templates: Environment

    async def home(self, request: Request) -> Response:
        """The search page."""
        asked = Asked.of(request)
        try:
            found = self._search(asked, PER_PAGE, (asked.page - 1) * PER_PAGE)
            wrong = ""
        except QueryInvalid as error:
            found, wrong = Results(0, ()), str(error)
        pages = max(1, -(-found.total // PER_PAGE))
        return self._page(request, "search.html", asked=asked, found=found, pages=pages, wrong=wrong, facets=FACETS)

    async def hits(self, request: Request) -> Response:
        """The hits as JSON or CSV."""
        asked = Asked.of(request)
        try:
            found = self._search(asked, MOST_DOWNLOADED, 0)
        except QueryInvalid as error:
            raise HTTPException(400, str(error)) from error
        if request.path_params["form"] == "csv":
            return _download(hits_csv(found), "text/csv; charset=utf-8", "attsats.csv")
        return JSONResponse(hits_json(found), headers=_attachment("attsats.json"))

    async def document(self, request: Request) -> Response:
        """The reader of one document."""
        record = self._record(request)
        words = Wording(_language(request))
        made = reading(record, self.files, words, request.query_params.get("show", ""))
        cases = [c for c in self.index.cases() if _belongs(c, record)]
        return self._page(request, "reader.html", doc=made, record=record, cases=cases)

    async def record(self, request: Request) -> Response:
        """The record as JSON, or its att-satser as CSV."""
        record = self._record(request)
        if request.path_params["form"] == "csv":
            return _download(proposals_csv(record), "text/csv; charset=utf-8", f"{record['id']}.csv")
        return JSONResponse(record, headers=_attachment(f"{record['id']}.json"))

    async def image(self, request: Request) -> Response:
        """One page of the scan."""
        drawn = self.files.image(self._record(request), request.path_params["page"])
        if drawn is None:
            raise HTTPException(404)
        return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    async def cases(self, request: Request) -> Response:
        """Every case."""
        sources = {row[0] for row in self.index.db.execute("SELECT source FROM documents")}
        return self._page(request, "cases.html", cases=self.index.cases(), sources=sources)

    async def case(self, request: Request) -> Response:
        """The time line of one case."""
        case = next((c for c in self.index.cases() if c["id"] == request.path_params["id"]), None)
        if case is None:
            raise HTTPException(404)
        sources = dict(self.index.db.execute("SELECT source, id FROM documents"))
        motion = self.index.record(sources[case["motion"]]) if case["motion"] in sources else None
        return self._page(request, "case.html", case=case, motion=motion, known=self.index.ids(), doubts=doubts(case))

    async def language(self, request: Request) -> Response:
        """Remember the language and go back to the page."""
        chosen = request.path_params["language"]
        back = request.query_params.get("back", "/")
        safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
        answer = RedirectResponse(safe, status_code=303)
        if chosen in LANGUAGES:
            answer.set_cookie("language", chosen, max_age=31_536_000, httponly=True, samesite="strict")
        return answer

    async def failed(self, request: Request, error: Exception) -> Response:
        """A page for what went wrong."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        told = str(error) if isinstance(error, AttsatsError) else ""
        return self._page(request, "failed.html", status=status, told=told, status_code=status)

    def _search(self, asked: Asked, limit: int, offset: int) -> Results:
        return search(self.index, asked.query, asked.filters(), limit=limit, offset=offset)

    def _record(self, request: Request) -> dict[str, Any]:
        record = self.index.record(request.path_params["id"])
        if record is None:
            raise HTTPException(404)
        return record

    def _page(self, request: Request, name: str, *, status_code: int = 200, **values: Any) -> Response:
        words = Wording(_language(request))
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        html = self.templates.get_template(name).render(t=words, here=here, masked=self.index.masked, **values)
        return HTMLResponse(html, status_code=status_code, headers={"Vary": "Cookie", "Cache-Control": "no-store"})


@dataclass(frozen=True)
class Asked:
    """What the address of a search page says."""

    query: str
    level: str
    chosen: Mapping[str, str]
    page: int

    @classmethod
    def of(cls, request: Request) -> Asked:
        """From the address; what it does not understand it takes for not said."""
        told = request.query_params
        chosen = {name: told[name] for name in FACETS if told.get(name)}
        if not chosen.get("year", "0").isdecimal():
            del chosen["year"]
        page = told.get("page", "1")
        level = told.get("level", "matter")
        return cls(
            told.get("q", "").strip()[:300],
            level if level in ("matter", "proposal") else "matter",
            chosen,
            min(int(page), 10_000) if page.isdecimal() and int(page) else 1,
        )

    def filters(self) -> Filters:
        """The filters of the search."""
        year = self.chosen.get("year")
        rest = {name: value for name, value in self.chosen.items() if name != "year"}
        return Filters(level=self.level, year=int(year[:4]) if year else None, **rest)

    def link(self, base: str = "/", **changes: str | int | None) -> str:
        """The address of this search with changes; None takes something away. Pages start anew."""
        told: dict[str, Any] = {"q": self.query, "level": self.level, **self.chosen, **changes}
        kept = {key: value for key, value in told.items() if value and (key, value) != ("level", "matter")}
        return f"{base}?{urlencode(kept)}" if kept else base


def application(index: Index, folder: Path | None = None) -> Starlette:
    """The page over an open index (opened with ``threads=True``) and the folder of source files, if any."""
    templates = Environment(
        loader=FileSystemLoader(str(HERE / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["marked"] = _marked
    reader = Reader(index, Files(folder), templates)
    routes = [
        Route("/", reader.home),
        Route("/hits.{form:str}", reader.hits),
        Route("/document/{id}", reader.document),
        Route("/document/{id}/record.{form:str}", reader.record),
        Route("/document/{id}/page/{page:int}.png", reader.image),
        Route("/cases", reader.cases),
        Route("/case/{id}", reader.case),
        Route("/language/{language}", reader.language),
        Mount("/static", StaticFiles(directory=str(HERE / "static"))),
    ]
    hosts = ["127.0.0.1", "localhost", "[::1]", "testserver"]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard), Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
        exception_handlers={HTTPException: reader.failed, AttsatsError: reader.failed, 500: reader.failed},
    )


class Guard:
    """Puts the security headers on every answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on, with headers added."""

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                pairs = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *pairs]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def _language(request: Request) -> str:
    """As chosen, else as the browser prefers, else Swedish."""
    chosen = request.cookies.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    accepted = [
        part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")
    ]
    return next((language for language in accepted if language in LANGUAGES), "sv")


def _marked(snippet: Snippet) -> Markup:
    """A snippet with its matches marked, all else escaped."""
    return Markup(snippet.marked("<mark>", "</mark>", lambda text: str(escape(text))))


def _belongs(case: dict[str, Any], record: dict[str, Any]) -> bool:
    return case["motion"] == record["source"]["name"] or any(d["record"] == record["id"] for d in case["documents"])


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _download(text: str, media_type: str, name: str) -> Response:
    return Response(text, media_type=media_type, headers=_attachment(name))
