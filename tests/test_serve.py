"""The page: its answers, its safety, and one walk through it in a real browser."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.laws import validate
from pipeline.search import open_index

pytest.importorskip("starlette", reason="the page is not installed: pip install attsats[serve]")
pytest.importorskip("httpx", reason="httpx is not installed")

from starlette.testclient import TestClient

from pipeline.reader.app import application

CASES = Path(__file__).parent / "cases"
COUNCIL = [json.loads(line) for line in (CASES / "council.jsonl").read_text(encoding="utf-8").splitlines()]
LINKED = [json.loads(line) for line in (CASES / "council_cases.jsonl").read_text(encoding="utf-8").splitlines()]
IDS = {record["source"]["name"]: record["id"] for record in COUNCIL}
WIDTH, HEIGHT, LEFT, TOP, STEP = 1240, 1754, 120, 150, 56
SHOTS = os.environ.get("ATTSATS_SCREENSHOTS")  # a folder: pictures of the pages are kept there


def scanned(record: Any, folder: Path, name: str) -> Any:
    """The record as if it had been read from a scan, which is drawn into ``folder``."""
    made = copy.deepcopy(record)
    try:
        font: Any = ImageFont.truetype("DejaVuSerif.ttf", 22)
    except OSError:
        font = ImageFont.load_default(22)
    page = Image.new("L", (WIDTH, HEIGHT), 250)
    pen = ImageDraw.Draw(page)
    boxes: list[tuple[int, int, tuple[int, int, int, int]]] = []  # of words: raw range and box
    offset, y = 0, TOP
    for line in made["text"]["raw"].splitlines(keepends=True):
        x = LEFT
        for word in line.split(" "):
            width = round(pen.textlength(word.strip() + " ", font=font))
            if x + width > WIDTH - LEFT:
                x, y = LEFT, y + STEP // 2
            pen.text((x, y), word.strip(), fill=30, font=font)
            boxes.append((offset, offset + len(word.rstrip()), (x, y, x + width - 6, y + 26)))
            offset += len(word) + 1
            x += width
        offset -= 1
        y += STEP
    page.save(folder / name)
    content = (folder / name).read_bytes()
    made["source"] |= {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    made["source"] |= {"media_type": "image/png", "page_sizes": [[WIDTH, HEIGHT, 150]]}
    made["id"] = made["source"]["sha256"][:24]

    def box(node: Any) -> None:
        if isinstance(node, dict) and "quote" in node:
            a, b = node["raw"]
            inside = [box for start, end, box in boxes if start < b and a < end]
            if inside:
                x0, y0, x1, y1 = zip(*inside, strict=True)
                node["box"] = [min(x0), min(y0), max(x1), max(y1)]
        elif isinstance(node, dict | list):
            for child in node.values() if isinstance(node, dict) else node:
                box(child)

    box(made)
    assert validate(made) == []
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An application over the council, two scans among it."""
    folder = tmp_path_factory.mktemp("files")
    by_name = {record["source"]["name"]: record for record in COUNCIL}
    scans = [
        scanned(by_name["motion-igor.txt"], folder, "igor-scan.png"),
        scanned(by_name["medborgarforslag-lekplats.txt"], folder, "lekplats-scan.png"),
    ]
    with open_index(tmp_path_factory.mktemp("db") / "site.db", create=True, threads=True) as index:
        index.put([*COUNCIL, *scans], LINKED)
        yield application(index, folder), scans


@pytest.fixture(scope="module")
def client(site: Any) -> TestClient:
    return TestClient(site[0])


def test_search_shows_hits_and_facets(client: TestClient) -> None:
    html = client.get("/", params={"q": "hundrastgardar"}).text
    assert "<mark>" in html
    assert "Hundrastgård i centrum" in html
    assert "municipality=Vetlanda" in html


def test_filters_narrow_down(client: TestClient) -> None:
    html = client.get("/", params={"q": "motion", "party": "SD", "year": "2023"}).text
    assert "hundrastgård" in html.lower()
    assert "Kulturskola" not in html


@pytest.mark.parametrize(
    "address",
    ["/?page=0", "/?page=x", "/?year=abc", "/?level=none", "/?q=%22", "/?q=%00", "/?kind=nothing", "/?page=99999999999",
     "/?year=99999999999999999999", "/?year=%C2%B2", "/?page=%C2%B2"],
)  # fmt: skip
def test_odd_addresses_are_answered(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/document/x", "/case/x", "/nowhere", "/document/x/page/1.png", "/static/../app.py", "/static/%2e%2e/app.py"],
)
def test_what_is_not_there(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_document_is_shown(client: TestClient) -> None:
    for record in COUNCIL:
        answer = client.get(f"/document/{record['id']}")
        assert answer.status_code == 200, record["source"]["name"]


def test_text_stays_text(client: TestClient) -> None:
    """Markup in a document, in a query and in a filter value is shown, never run."""
    for html in (
        client.get(f"/document/{IDS['motion-klotter.txt']}").text,
        client.get("/", params={"q": "klotter"}).text,
    ):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html
    bad = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    for params in ({"q": bad}, {"municipality": bad}, {"q": "x", "party": bad}):
        html = client.get("/", params=params).text
        assert "<script>alert" not in html
        assert "<img" not in html


def test_places_cannot_end_the_script_element(client: TestClient) -> None:
    html = client.get(f"/document/{IDS['motion-klotter.txt']}").text
    data = html.split('id="places">')[1].split("</script>")[0]
    assert json.loads(data)["p0-0"][0]["raw"]


def test_headers_forbid_the_rest(client: TestClient) -> None:
    for address in ("/", "/static/style.css", "/nowhere", f"/document/{IDS['motion-cykel.txt']}"):
        headers = client.get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_nothing_is_loaded_from_elsewhere(client: TestClient) -> None:
    for address in ("/?q=motion", f"/document/{IDS['motion-cykel.txt']}", "/cases"):
        assert "http://" not in client.get(address).text.replace("http://testserver", "")
        assert "https://" not in client.get(address).text


def test_both_languages(client: TestClient) -> None:
    assert 'lang="sv"' in client.get("/").text
    assert "Search the documents" in client.get("/", headers={"accept-language": "en-GB,en;q=0.8"}).text
    fresh = TestClient(client.app)
    assert "Search the documents" in fresh.get("/language/en?back=/").text
    told = fresh.get("/?q=badplatser").text
    assert '<span class="kind">Motion</span>' in told  # a capital where the Swedish name has one
    assert "Granted in part</span>" in told
    assert "Kommunfullmäktige decides," in fresh.get(f"/case/{LINKED[0]['id']}").text
    assert fresh.get("/language/en?back=//evil.example", follow_redirects=False).headers["location"] == "/"
    assert fresh.get("/language/en?back=https://evil.example", follow_redirects=False).headers["location"] == "/"


def test_private_details_are_hidden(client: TestClient, site: Any) -> None:
    for identifier in (IDS["medborgarforslag-lekplats.txt"], site[1][1]["id"]):
        html = client.get(f"/document/{identifier}").text
        for secret in ("Tallgren", "811218-9876", "elvira.tallgren"):
            assert secret not in html
            assert secret not in client.get(f"/document/{identifier}/record.json").text


def test_private_details_are_painted_over_on_the_scan(client: TestClient, site: Any) -> None:
    record = site[1][1]
    answer = client.get(f"/document/{record['id']}/page/1.png")
    drawn = Image.open(io.BytesIO(answer.content)).convert("L")
    name = record["signatories"][0]["at"][0]["box"]
    number = next(e for e in record["entities"] if e["type"] == "PERSONNUMMER")["at"][0]["box"]
    for x0, y0, x1, y1 in (name, number):
        assert drawn.crop((x0, y0, x1, y1)).getextrema() == (40, 40)


def test_a_scan_is_shown_only_with_the_very_same_file(site: Any, tmp_path: Path) -> None:
    record = site[1][0]
    (tmp_path / record["source"]["name"]).write_bytes(b"other bytes")
    with open_index(tmp_path / "a.db", create=True, threads=True) as index:
        index.put([record])
        other = TestClient(application(index, tmp_path))
        assert other.get(f"/document/{record['id']}/page/1.png").status_code == 404
        assert 'id="raw"' in other.get(f"/document/{record['id']}").text


def test_a_value_leads_to_its_place_without_a_script(client: TestClient, site: Any) -> None:
    record = site[1][0]
    x0 = record["items"][0]["proposals"][0]["at"][0]["box"][0]
    assert f'<rect x="{x0 - 6}"' in client.get(f"/document/{record['id']}?show=p0-0").text
    html = client.get(f"/document/{IDS['motion-cykel.txt']}?show=p0-0").text
    assert "<mark>att en cykelplan tas fram.</mark>" in html


def test_downloads(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/hits.csv?q=badplats").text.lstrip("\ufeff"))))
    told = client.get("/hits.json?q=badplats").json()
    assert len(rows) == told["total"] == len(told["hits"])
    text = client.get(f"/document/{IDS['motion-cykel.txt']}/record.csv").text
    first = next(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert first["text"] == "att en cykelplan tas fram."
    assert client.get(f"/document/{IDS['motion-cykel.txt']}/record.json").json()["id"] == IDS["motion-cykel.txt"]


def test_no_cell_is_a_formula() -> None:
    from pipeline.reader.downloads import table

    assert table(["a"], [["=1+1"], ["@x"], ["-2"], [-2]]).splitlines()[1:] == ["'=1+1", "'@x", "'-2", "-2"]


def test_the_time_line_of_a_case(client: TestClient) -> None:
    listed = client.get("/cases").text
    assert LINKED[0]["title"] in listed
    assert "3 handlingar" in listed, "the motion, and two that handled it"
    protocol = client.get(f"/document/{IDS['protokoll-kf-2021-09.txt']}").text
    assert "<h1>Protokoll kommunfullmäktige 2021-09-22</h1>" in protocol
    html = client.get(f"/case/{LINKED[0]['id']}").text
    assert html.index("2020-11-16") < html.index("2021-05-19") < html.index("2021-09-22")
    assert "Delvis bifall" in html
    assert f"/case/{LINKED[0]['id']}" in client.get(f"/document/{IDS['protokoll-kf-2021-09.txt']}").text


def test_a_case_without_its_motion_says_so(tmp_path: Path) -> None:
    lonely = {**LINKED[0], "motion": None, "proposals": [], "outcome": None}
    with open_index(tmp_path / "a.db", create=True, threads=True) as index:
        index.put(COUNCIL, [lonely])
        html = TestClient(application(index)).get(f"/case/{lonely['id']}").text
    assert "Motionen själv finns inte bland handlingarna" in html
    assert "utfall okänt" in html
    assert '<ol class="asks">' not in html


# In a real browser


@pytest.fixture(scope="module")
def address(site: Any) -> Iterator[str]:
    uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(site[0], host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("no Chromium on this machine: apt install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 960}, locale="sv-SE", base_url=address)
    opened = context.new_page()
    opened.strange = []
    opened.on("pageerror", lambda error: opened.strange.append(str(error)))
    opened.on("console", lambda told: opened.strange.append(told.text) if told.type == "error" else None)
    opened.on("request", lambda asked: None if asked.url.startswith(address) else opened.strange.append(asked.url))
    opened.on("dialog", lambda dialog: (opened.strange.append(dialog.message), dialog.dismiss()))
    yield opened
    assert opened.strange == []
    context.close()


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def test_from_a_search_to_a_place_on_the_scan(page: Any, site: Any) -> None:
    page.goto("/")
    shot(page, "home")
    page.get_by_role("searchbox").fill("vald i nara relationer")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits mark")
    shot(page, "search")
    page.click(f'.hits a[href*="{site[1][0]["id"]}"]')
    page.wait_for_selector(".sheet img")
    page.locator(".sheet img").first.evaluate("image => image.decode()")
    page.get_by_role("link", name="att kvinnojouren får ett treårigt föreningsbidrag.").click()
    page.wait_for_selector(".sheet rect")
    x, y, width, height = (float(page.get_attribute(".sheet rect", side)) for side in ("x", "y", "width", "height"))
    box = site[1][0]["items"][0]["proposals"][1]["at"][0]["box"]
    assert [x + 6, y + 6, x + width - 6, y + height - 6] == box
    assert "show=p0-1" in page.url
    page.wait_for_timeout(400)
    shot(page, "reader")
    drawn = page.locator(".sheet rect").bounding_box()
    assert 0 < drawn["y"] < 960


def test_a_place_in_raw_text(page: Any) -> None:
    page.goto(f"/document/{IDS['motion-igor.txt']}")
    page.locator(".facts .to[data-key='p0-0']").click()
    assert (
        page.locator("#raw mark").text_content().startswith("att kommunen inleder samverkan med polisen om vald i nira")
    )
    page.locator(".paper .repair").first.click()
    assert page.locator("#raw mark").text_content() in ("fér", "vald", "pa", "far", "ar")
    shot(page, "reader-raw")


def test_scripts_in_documents_and_queries_do_not_run(page: Any) -> None:
    page.goto(f"/document/{IDS['motion-klotter.txt']}")
    assert "<script>alert('x')</script>" in page.locator(".paper").text_content()
    page.goto("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert page.locator("main script").count() == 0


def test_everything_is_reached_by_keyboard(page: Any) -> None:
    page.goto("/?q=badplats")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.id"))
    assert "q" in reached
    assert any(str(to).startswith("/document/") for to in reached)


def test_filters_are_near_on_a_telephone(page: Any) -> None:
    page.goto("/?q=motion")
    assert not page.locator(".tofilters").is_visible()
    page.set_viewport_size({"width": 360, "height": 780})
    page.click(".tofilters")
    page.wait_for_function("document.querySelector('#filters').getBoundingClientRect().top < innerHeight / 2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_barriers(page: Any, site: Any, scheme: str, width: int) -> None:
    """No axe-core violation of level A or AA, and no sideways scrolling, on any kind of page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    for name, path in {
        "home": "/",
        "search": "/?q=motion+kommun",
        "nothing": "/?q=xyzzyxyzzy",
        "guess": "/?q=biblotek&level=proposal",
        "scan": f"/document/{site[1][0]['id']}?show=p0-0",
        "hidden": f"/document/{site[1][1]['id']}",
        "protocol": f"/document/{IDS['protokoll-vetlanda-ks.txt']}",
        "cases": "/cases",
        "case": f"/case/{LINKED[0]['id']}",
    }.items():
        page.goto(path)
        shot(page, f"{name}-{scheme}-{width}")
        found = axe.Axe().run(page, options=rules).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto("/nowhere")
    page.strange.clear()  # the browser reports the 404 itself
