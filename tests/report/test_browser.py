"""The report in a real Chromium: nothing runs that must not, everything can be reached, and it fits the window."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import browser
import pytest
from made import article, findings

from twosource.model import Claim, Findings, Member, Provenance, Source, Span, Statement, Support
from twosource.report import html

ROOT = Path(__file__).parents[2]
PROGRAM = browser.find()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium on this machine (chromium, google-chrome, or TWOSOURCE_CHROMIUM)"
)

HOSTILE = (
    "</script><script>window.ran=1</script><img src=x onerror='window.ran=2'><svg onload=window.ran=3>"
    '<a href="javascript:window.ran=4">x</a>"onmouseover=\'window.ran=5\' {{ 7*7 }} ${7*7} <!-- ]]> \u202egnorts\x00\x1b[31m'
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[browser.Chromium]:
    assert PROGRAM
    with browser.Chromium(PROGRAM) as running:
        yield running


def pile() -> Findings:
    """The made findings with a second claim, of one article and in another language."""
    whole = findings()
    text = "Сирена молчала, сообщает портал."
    extra = replace(article("r4", text, 13, "Залив", "Сирена"), language="ru")
    said = Statement("r4-s1", "r4", (Span(0, 14),), "Сирена молчала", "ru")
    return replace(
        whole,
        articles=(*whole.articles, extra),
        statements=(*whole.statements, said),
        claims=(*whole.claims, Claim("k2", "Сирена молчала", (Member("r4-s1"),))),
        provenance=(*whole.provenance, Provenance("k2", (), (), Support(0, 1, 1, 0, 1))),
    )


def written(folder: Path, result: Findings) -> Path:
    file = folder / "report.html"
    file.write_bytes(html.render(result).encode("utf-8", "replace"))
    return file


def shown_rows(page: browser.Page) -> list[str]:
    found: list[str] = page.run(
        "[...document.querySelectorAll('#ctab tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].innerText)"
    )
    return found


def settle(page: browser.Page, field: str, value: str) -> None:
    page.run(
        f"(() => {{ const f = document.getElementById('{field}'); f.value = {json.dumps(value)}; "
        "f.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def test_it_opens_without_a_complaint_and_without_a_request(
    chromium: browser.Chromium, tmp_path: Path
) -> None:
    file = written(tmp_path, pile())
    with browser.Page(chromium) as page:
        page.open(file)
        page.run("location.hash = '#c-k1'")
        page.run("location.hash = '#method'")
        assert page.complaints() == []
        assert [url for url in page.requests() if not url.startswith("data:")] == [file.resolve().as_uri()]


def test_the_policy_stops_what_an_article_might_smuggle_in(
    chromium: browser.Chromium, tmp_path: Path
) -> None:
    """Were an escape ever missed, the policy still lets nothing run and nothing out."""
    file = tmp_path / "report.html"
    smuggled = (
        "<script>window.ran = 1</script><img src=https://elsewhere.example/x onerror=window.ran=2></main>"
    )
    file.write_text(html.render(pile()).replace("</main>", smuggled, 1), "utf-8")
    with browser.Page(chromium) as page:
        page.open(file)
        assert page.run("typeof window.ran") == "undefined"
        assert any("Content Security Policy" in line or "policy" in line for line in page.complaints())
        assert page.stopped() == ["https://elsewhere.example/x"]


def test_filters_find_and_hide(chromium: browser.Chromium, tmp_path: Path) -> None:
    file = written(tmp_path, pile())
    with browser.Page(chromium) as page:
        page.open(file)
        assert shown_rows(page) == [
            "Twelve people were injured denied by 1"
        ]  # two articles or more, to begin with
        page.run("document.getElementById('f-2').click()")
        assert len(shown_rows(page)) == 2
        for field, value, first in [
            ("f-q", "сирена", "Сирена молчала"),
            ("f-q", "INJURED twelve", "Twelve people were injured denied by 1"),
            ("f-r", "n", "Twelve people were injured denied by 1"),
            ("f-l", "l-ru", "Сирена молчала"),
            ("f-k", "0", None),
        ]:
            settle(page, field, value)
            rows = shown_rows(page)
            assert rows[:1] == ([first] if first else []), (field, value)
            settle(page, field, "")
        outlet = page.run("[...document.getElementById('f-o').options].find(o => o.text == 'Залив').value")
        settle(page, "f-o", outlet)
        assert shown_rows(page) == ["Сирена молчала"]
        settle(page, "f-o", "")
        source = page.run(
            "[...document.getElementById('f-w').options].find(o => o.text == 'Ines Hallgrim').value"
        )
        settle(page, "f-w", source)
        assert shown_rows(page) == ["Twelve people were injured denied by 1"]
        page.run("document.querySelector('#ff button[type=reset]').click()")
        page.run("new Promise(r => setTimeout(r, 50))")
        assert shown_rows(page) == ["Twelve people were injured denied by 1"]
        assert page.run("document.getElementById('f-n').textContent") == "1 of 2 claims"


def test_one_page_at_a_time_and_back_again(chromium: browser.Chromium, tmp_path: Path) -> None:
    file = written(tmp_path, pile())
    with browser.Page(chromium) as page:
        page.open(file)
        visible = "[...document.querySelectorAll('.pn')].filter(x => x.offsetHeight).map(x => x.id)"
        assert page.run(visible) == []
        page.run("document.querySelector('#ctab a').click()")
        assert page.run(visible) == ["c-k1"]
        assert page.run("document.querySelector('.home').offsetHeight") == 0
        page.run("document.querySelector('#c-k1 .pl').click()")  # to the passage in the article
        assert page.run(visible) == ["a-w1"]
        assert page.run("document.querySelector(':target').textContent") == "Twelve people were injured"
        page.run("document.querySelector('nav a').click()")
        assert page.run(visible) == []
        assert page.run("document.querySelector('.home').offsetHeight") > 0


def test_a_link_from_elsewhere_opens_the_claim(chromium: browser.Chromium, tmp_path: Path) -> None:
    file = written(tmp_path, pile())
    with browser.Page(chromium) as page:
        page.open(file, "c-k1")
        assert page.run("document.getElementById('c-k1').offsetHeight") > 100
        page.run("document.querySelector('#c-k1 .ct button').click()")
        page.run("new Promise(r => setTimeout(r, 100))")
        assert page.run("document.querySelector('#c-k1 .ct bdi').textContent").startswith(
            "“Twelve people were injured”"
        )
        assert page.complaints() == []


def test_without_scripts_the_main_question_is_answered_and_every_page_opens(
    chromium: browser.Chromium, tmp_path: Path
) -> None:
    file = written(tmp_path, pile())
    with browser.Page(chromium, scripts=False) as page:
        page.open(file)
        assert "most likely 1 independent line, because both articles rest on" in page.run(
            "document.body.innerText"
        )
        assert page.run("document.getElementById('ff').offsetHeight") == 0
        assert len(shown_rows(page)) == 2
    with browser.Page(chromium, scripts=False) as page:
        page.open(file, "c-k1")
        said = page.run("document.body.innerText")
        assert "What would change it" in said
        assert "How many sources is that really?" not in said
        assert "Claim k1" in page.run("document.querySelector('#c-k1 .ct').innerText")


def test_the_tab_key_reaches_all_that_can_be_used(chromium: browser.Chromium, tmp_path: Path) -> None:
    file = written(tmp_path, pile())
    for fragment in ("", "c-k1"):
        with browser.Page(chromium) as page:
            page.open(file, fragment)
            page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
            page.run("document.body.tabIndex = -1; document.body.focus()")
            usable = page.run(
                "(() => { window.all = [...document.querySelectorAll('a[href], input, select, button, summary, [tabindex=\"0\"]')]"
                ".filter(x => x.getClientRects().length && !x.disabled); window.got = new Set(); return all.length; })()"
            )
            for _ in range(usable * 4 + 12):  # a date field takes several steps
                page.key("Tab", 9)
                page.run("got.add(document.activeElement)")
            assert usable > 5
            assert page.run("all.filter(x => !got.has(x)).map(x => x.outerHTML.slice(0, 120))") == []


@pytest.mark.parametrize("width", [390, 1440])
def test_hostile_articles_run_nothing_and_burst_nothing(
    chromium: browser.Chromium, tmp_path: Path, width: int
) -> None:
    wire = f"Twelve people were injured, fire chief Ines Hallgrim said. {HOSTILE} {'W' * 1_000_000}"
    result = findings(
        wire=wire, title=HOSTILE + "T" * 5000, outlet=HOSTILE + "O" * 300, url="javascript:window.ran=6"
    )
    result = replace(
        result,
        claims=tuple(replace(c, text=HOSTILE + "C" * 100_000) for c in result.claims),
        sources=(*(replace(s, name=HOSTILE + "S" * 400) for s in result.sources),
                 Source("person:x", "X", result.sources[0].kind, aliases=(HOSTILE, HOSTILE[::-1]), attributions=("w1-1",), articles=("w1",))),
    )  # fmt: skip
    file = written(tmp_path, result)
    assert b"\x00" not in file.read_bytes()
    with browser.Page(chromium, width=width) as page:
        page.open(file)
        places = page.run("[...document.querySelectorAll('.pn')].map(x => x.id)")
        for place in ["", *places]:
            page.run(f"location.hash = {json.dumps('#' + place)}")
            page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
            fits = page.run("document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth")
            assert fits, place
        page.run("document.querySelectorAll('*').forEach(x => x.dispatchEvent(new MouseEvent('mouseover')))")
        assert page.run("typeof window.ran") == "undefined"
        assert page.run("document.querySelectorAll('script').length") == 1
        assert (
            page.run("document.querySelectorAll('img, iframe, object, embed, [onerror], [onload]').length")
            == 0
        )
        assert page.run("[...document.links].every(a => ['file:', 'https:', 'http:'].includes(a.protocol))")
        assert page.complaints() == []


def test_a_text_kept_apart_runs_nothing_and_leads_back(chromium: browser.Chromium, tmp_path: Path) -> None:
    wire = f"Twelve people were injured, fire chief Ines Hallgrim said. {HOSTILE}"
    files = html.files(findings(wire=wire, title=HOSTILE, outlet=HOSTILE), "report.html", "report.texts")
    (tmp_path / "report.html").write_text(files.report, "utf-8")
    (tmp_path / "report.texts").mkdir()
    for name, content in files.texts:
        (tmp_path / "report.texts" / name).write_bytes(content.encode("utf-8", "replace"))
    with browser.Page(chromium, width=390) as page:
        page.open(tmp_path / "report.texts" / "a-w1.html", "a-w1.s1")
        assert page.run("document.querySelector(':target').textContent") == "Twelve people were injured"
        assert page.run("typeof window.ran") == "undefined"
        assert page.run("document.querySelectorAll('script, img').length") == 0
        assert page.run("document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth")
        assert page.complaints() == []
        back = page.run("document.querySelector('a.cm').href")
        assert back == (tmp_path / "report.html").resolve().as_uri() + "#c-k1"


def test_it_prints(chromium: browser.Chromium, tmp_path: Path) -> None:
    file = written(tmp_path, pile())
    with browser.Page(chromium) as page:
        page.open(file, "c-k1")
        assert page.pdf().startswith(b"%PDF")


def axe_source() -> Path | None:
    """axe-core, where somebody has put it: TWOSOURCE_AXE, or node_modules beside the project."""
    named = os.environ.get("TWOSOURCE_AXE")
    file = Path(named) if named else ROOT / "node_modules" / "axe-core" / "axe.min.js"
    return file if file.is_file() else None


@pytest.mark.skipif(
    axe_source() is None, reason="no axe-core: npm install axe-core, or TWOSOURCE_AXE=…/axe.min.js"
)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_violation(chromium: browser.Chromium, tmp_path: Path, dark: bool) -> None:
    source = axe_source()
    assert source
    given = os.environ.get("TWOSOURCE_REPORT")  # any other report, to be looked at in the same way
    file = Path(given) if given else written(tmp_path, pile())
    bad = []
    for width in (390, 1440):
        with browser.Page(chromium, width=width, dark=dark) as page:
            page.open(file)
            page.run(source.read_text("utf-8"))
            places = page.run(
                "['', 'sources', 'outlets', 'articles', 'method', ...['c-', 's-', 'o-', 'a-'].flatMap("
                'p => [...document.querySelectorAll(`.pn[id^="${p}"]`)].slice(0, 3).map(x => x.id))]'
            )
            for place in places:
                page.run(f"location.hash = {json.dumps('#' + place)}")
                page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
                found = page.run(
                    "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
                    ".filter(v => ['serious', 'critical'].includes(v.impact))"
                    ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))"
                )
                bad += [f"{width} #{place} {line}" for line in found]
    assert bad == []
