"""What the server answers, over a real socket: headers, documents, files, readiness."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit
from icalendar import Calendar

from dashboard import server
from dashboard.access.static_files import accepts_gzip
from dashboard.config import Settings
from dashboard.due_calendar import ADDRESS as CALENDAR
from dashboard.i18n import LANGUAGES, Translator
from dashboard.store.engine import open_engine
from tests.server.running import ROOT, Answer, Running, serving

pytestmark = pytest.mark.slow
STATIC = Path(streamlit.__file__).parent / "static" / "static"
SCRIPT = "/static/js/" + max((STATIC / "js").glob("index.*.js"), key=lambda path: path.stat().st_size).name
EVERYTHING = (
    "/", "/due.ics", "/claim?lang=en", "/claim/", "/no-such-page", "/readyz", "/robots.txt", "/favicon.png",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/nothing", "/media/nothing", SCRIPT,
    "/static/js/nothing.js", "/assets/chart.js", "/assets/..%2f..%2fapp.py",
    "/_stcore/bidi-components/dashboard.chart/chart.js",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_is_guarded(served: Running, path: str) -> None:
    headers = served.ask(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Access-Control-Allow-Origin"] is None
    if not (headers["Content-Type"] or "").startswith(("text/javascript", "text/css", "font/")):
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_the_policy_allows_scripts_of_this_server_and_the_one_in_the_document(served: Running) -> None:
    policy = served.ask("/").headers["Content-Security-Policy"]
    [scripts] = re.findall(r"script-src ([^;]*)", policy)
    assert re.fullmatch(r"'self' 'sha256-[\w+/]{43}='", scripts)
    assert "http:" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("address", ["/static/", "/assets/"])
def test_a_file_is_the_same_compressed_and_plain(served: Running, address: str) -> None:
    folder = server._FILES[address].path
    paths = [path for path in folder.rglob("*") if path.suffix in (".js", ".css", ".woff2", ".png")]
    assert paths
    for path in paths[:: max(1, len(paths) // 40)]:
        name = address + str(path.relative_to(folder))
        plain, small = served.ask(name), served.ask(name, Accept_Encoding="br, gzip")
        assert plain.status == small.status == 200
        assert plain.body == path.read_bytes()
        assert plain.headers["Content-Encoding"] is None
        if small.headers["Content-Encoding"]:
            assert gzip.decompress(small.body) == plain.body
            assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
            assert small.headers["ETag"] != plain.headers["ETag"]
        else:
            assert small.body == plain.body
            assert path.suffix not in (".js", ".css") or len(gzip.compress(plain.body, 9)) >= len(plain.body)
        assert int(small.headers["Content-Length"]) == len(small.body)


def test_streamlits_script_is_sent_compressed_once_and_for_ever(served: Running) -> None:
    answer = served.ask(SCRIPT, Accept_Encoding="gzip, deflate, br")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.body) < (STATIC / "js" / Path(SCRIPT).name).stat().st_size / 2
    assert served.ask(SCRIPT, Accept_Encoding="gzip;q=0").headers["Content-Encoding"] is None


def test_a_file_without_a_version_in_its_name_is_asked_for_again(served: Running) -> None:
    first = served.ask("/assets/chart.js", Accept_Encoding="gzip")
    assert first.headers["Cache-Control"] == "no-cache"
    again = served.ask("/assets/chart.js", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    other = served.ask("/assets/chart.js", If_None_Match=first.headers["ETag"])
    assert other.status == 200


def test_a_head_request_has_the_headers_and_no_body(served: Running) -> None:
    answer = served.ask(SCRIPT, method="HEAD", Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.body == b""
    assert int(answer.headers["Content-Length"]) > 10_000


@pytest.mark.parametrize(
    "path",
    ["/assets/../app.py", "/assets/..%2fapp.py", "/assets/fonts", "/assets/%00", "/static/..%5cindex.html"],
)
def test_nothing_outside_the_folders_is_sent(served: Running, path: str) -> None:
    assert served.ask(path).status in (400, 404)


@pytest.mark.parametrize(
    ("offer", "taken"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("", False), ("br", False), ("gzip; q=0", False)],
)
def test_an_offer_of_encodings_is_read_as_it_is_meant(offer: str, taken: bool) -> None:
    assert accepts_gzip(offer) is taken


@pytest.mark.parametrize("path", ["/", "/claim", "/compare"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_speaks_the_language_of_its_address(served: Running, path: str, language: str) -> None:
    answer = served.ask(f"{path}?lang={language}", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.body).decode()
    t = Translator(language)
    assert f'<html lang="{language}"' in html
    assert f"<title>{t('server.title', city='Viborg')}</title>" in html
    assert 'name="description" content="Viborg' in html
    for each in LANGUAGES:
        assert Translator(each)("server.without_scripts") in html
    assert "Streamlit app" not in html


def test_a_document_is_danish_unless_told_otherwise(served: Running) -> None:
    for query in ("", "?lang=", "?lang=de"):
        assert b'<html lang="da"' in served.ask(f"/{query}").body


@pytest.mark.parametrize("path", ["/", "/claim", "/compare"])
def test_a_document_names_only_addresses_of_this_server_that_are_there(served: Running, path: str) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', served.ask(path).body.decode())
    assert len(addresses) > 50
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert address.startswith("/")
        assert served.ask(address).status == 200, address


def test_the_parts_that_pages_need_are_among_those_of_this_streamlit(served: Running) -> None:
    for slug, parts in {"": server._PARTS, **server._MORE_PARTS}.items():
        html = served.ask(f"/{slug}").body.decode()
        for part in parts:
            assert re.search(rf'<link rel="modulepreload"[^>]*/static/js/{part}\.', html), part


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_is_not_found_and_leads_back(served: Running, language: str) -> None:
    answer = served.ask(f"/intet?lang={language}")
    t = Translator(language)
    assert answer.status == 404
    assert t("server.no_such_page") in answer.body.decode()
    assert f'<a href="/?lang={language}">{t("frame.way_back")}</a>' in answer.body.decode()


def test_a_slash_too_many_is_taken_away(served: Running) -> None:
    answer = served.ask("/claim/?lang=en")
    assert (answer.status, answer.headers["Location"]) == (308, "/claim?lang=en")


def test_readiness_is_the_stores(served: Running, tmp_path: Path) -> None:
    assert served.ask("/readyz").status == 200
    launch = str(ROOT / "tests" / "server" / "launch.py")
    entry = tmp_path / "app.py"
    entry.write_text("")
    url = f"sqlite:///{tmp_path}/nothing.sqlite"
    with serving(tmp_path, launch, str(entry), DASHBOARD_DATABASE_URL=url) as empty:
        answer = empty.ask("/readyz?lang=en")
        assert answer.status == 503
        assert answer.body.decode().strip() == Translator("en")("error.store_missing")
        assert empty.ask("/").status == 200


def test_a_taken_port_is_said_in_one_sentence(served: Running, sample_url: str) -> None:
    from dashboard.errors import ConfigurationError

    port = int(served.address.rpartition(":")[2])
    with pytest.raises(ConfigurationError) as raised:
        server.require_free_port("127.0.0.1", port)
    assert raised.value.key == "server.port_taken"
    assert Translator("da").has(raised.value.key)


def days(answer: Answer) -> dict[str, str]:
    """The summary of each day of a calendar by its identity, read by a calendar program's own library."""
    return {str(one["UID"]): str(one["SUMMARY"]) for one in Calendar.from_ical(answer.body).events}


def test_a_calendar_program_subscribes_to_what_falls_due(served: Running) -> None:
    danish, english = served.ask("/due.ics"), served.ask("/due.ics?lang=en")
    assert danish.status == english.status == 200
    assert danish.headers["Content-Type"] == "text/calendar; charset=utf-8"
    told = Calendar.from_ical(danish.body)
    assert told.errors == []
    first = told.events[0]
    assert first.start >= datetime.now(UTC).date()
    assert str(first["URL"]).startswith("http://localhost:8501/enter?indicator=")
    assert days(danish).keys() == days(english).keys()
    assert all(summary.startswith("Frist: ") for summary in days(danish).values())
    assert all(summary.startswith("Due: ") for summary in days(english).values())

    tag = danish.headers["ETag"]
    assert served.ask("/due.ics").headers["ETag"] == tag != english.headers["ETag"]
    unchanged = served.ask("/due.ics", If_None_Match=f'"other", W/{tag}')
    assert (unchanged.status, unchanged.body) == (304, b"")
    nobody = served.ask("/due.ics?owner=nobody&lang=en")
    assert nobody.status == 404
    assert "“nobody”" in nobody.body.decode()
    head = served.ask("/due.ics", method="HEAD")
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", tag)


def test_the_calendar_is_not_served_beyond_this_machine(sample_url: str) -> None:
    for address, there in (("127.0.0.1", True), ("0.0.0.0", False)):  # no server is started
        settings = Settings(database_url=sample_url, address=address)
        paths = [route.path for route in server._calendar_routes(open_engine(sample_url), settings)]
        assert (CALENDAR in paths) is there
