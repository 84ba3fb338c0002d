"""The pack as one self-contained HTML page: for a tablet or a printer, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from dashboard.charts.svg import svg
from dashboard.reports.briefing import Briefing, Section, Statement
from dashboard.reports.matrix_code import code_svg

_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, 'Segoe UI', 'Liberation Sans', sans-serif; color: #1f2933;
  background: #fff; max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
h1, h2, h3 { font-family: 'Source Serif 4', Georgia, serif; line-height: 1.25; }
h1 { font-size: 1.9rem; margin: 0.5rem 0; } h2 { font-size: 1.4rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1.1rem; margin: 1rem 0 0.25rem; }
.notice { border-left: 0.3rem solid #b35900; background: #f4e7dc; padding: 0.5rem 0.9rem; font-weight: 600; }
.headlines, .claims { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 0.75rem;
  padding: 0; list-style: none; }
.claims { grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0.6rem; }
.headlines li { border-top: 3px solid; padding-top: 0.5rem; }
.value { font-size: clamp(1.05rem, 2vw, 1.25rem); font-weight: 650; margin: 0; line-height: 1.3;
  overflow-wrap: break-word; }
p { margin: 0.4rem 0; overflow-wrap: anywhere; } th p, td p { margin: 0; }
.small { font-size: 0.875rem; margin: 0.25rem 0; }
blockquote { margin: 0.25rem 0; font-size: 1.05rem; }
.verdict { font-weight: 650; border-left: 0.4rem solid #7b8794; padding-left: 0.5rem; }
.supported { border-color: #1e7d4f; } .mixed { border-color: #b07d00; border-left-style: double; }
.not_supported { border-color: #b3392f; } .not_enough_evidence { border-left-style: dashed; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; margin: 0.75rem 0; }
.figures, .changes { table-layout: fixed; } .figures th:nth-child(2), .changes th { width: 22%; }
.changes th:nth-child(2) { width: 34%; } td p, th p { overflow-wrap: break-word; hyphens: auto; }
tbody th { font-weight: inherit; } .soft { color: #52606d; font-weight: 400; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0;
  border-bottom: 1px solid #cbd2d9; overflow-wrap: break-word; }
thead { display: table-header-group; } tr, figure, .headlines li { break-inside: avoid; }
h2, h3, blockquote, .verdict, .why { break-after: avoid; } p, li { orphans: 3; widows: 3; }
figure { margin: 0.75rem 0; } figure svg { width: 100%; height: auto; } .phone { display: none; }
.caveat { border-left: 0.3rem solid #b35900; padding-left: 0.75rem; }
header { display: flex; flex-direction: row-reverse; justify-content: space-between; gap: 1rem; }
.code { display: flex; flex: 0 0 auto; flex-direction: row-reverse; align-items: end; gap: 0.75rem; margin: 0;
  font-size: 0.75rem; } .code svg { width: 6.5rem; } .code figcaption { width: 11rem; text-align: right; }
.code, .code p { overflow-wrap: anywhere; }
article + article { margin-top: 3rem; border-top: 3px solid; break-before: page; }
@media screen and (max-width: 40rem) { body { padding: 0.75rem 0.75rem 2rem; } table { font-size: 0.8125rem; }
  th, td { padding-right: 0.4rem; hyphens: auto; } h1 { font-size: 1.5rem; }
  .wide { display: none; } .phone { display: block; }
  .code { flex: 0 0 6rem; flex-direction: column; align-items: stretch; gap: 0; }
  .code figcaption { width: auto; text-align: left; } .code svg { width: 100%; } }
@page { size: A4; margin: 16mm; }
@media print { body { padding: 0; max-width: none; font-size: 10pt; } table { font-size: 9pt; }
  .headlines { grid-template-columns: repeat(5, 1fr); gap: 0.6rem; } .value { font-size: 1.1rem; }
  .claims { grid-template-columns: repeat(3, 1fr); } h2 { margin-top: 1.4rem; }
  figure .wide svg { max-height: 92mm; }
}
"""

_PHONE = 360
"""Pixels: a chart of a wide screen would have words of six pixels on a telephone."""


def page(briefing: Briefing) -> bytes:
    """The whole pack as a UTF-8 HTML document."""
    parts = "".join(f'<article lang="{part.language}">{_pack(part)}</article>' for part in briefing.languages)
    return (
        f'<!DOCTYPE html>\n<html lang="{briefing.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(briefing.title)} · {escape(briefing.code)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{parts}</main></body></html>\n"
    ).encode()


def _pack(b: Briefing) -> str:
    words = b.labels
    headlines = "".join(f"<li>{_headline(one, b)}</li>" for one in b.headlines)
    body = [
        f'<p class="notice" role="note">{escape(b.notice)}</p>' if b.notice else "",
        f"<header>{_way_back(b)}<div><h1>{escape(b.title)}</h1>",
        _small(f"{words['as_at']} {b.as_at} · {words['code']} {b.code}"),
        "</div></header>",
        f"<h2>{escape(words['headlines'])}</h2>",
        _small(b.headline_rule),
        f'<ul class="headlines">{headlines}</ul>' if headlines else _small(words["nothing"]),
        _claims(b),
        _changes(b),
        *(_section(section, b) for section in b.sections),
        _list(words["left_out"], b.left_out),
        _list(words["caveats"], b.caveats),
        _sources(b),
    ]
    return "".join(body)


def _way_back(b: Briefing) -> str:
    """For whoever holds it on paper: the frozen pack's address and its code. It is printed and not linked, so
    that the page points nowhere by itself."""
    if not b.link:
        return ""
    said = b.labels.get("open", b.labels["code"])
    return (
        f'<figure class="code" aria-label="{escape(said)}">{code_svg(b.link)}'
        f"<figcaption>{escape(said)}<br>{escape(b.link)}</figcaption></figure>"
    )


def _headline(one: Statement, b: Briefing) -> str:
    return (
        f'<p class="value">{escape(_loose(one.value))}</p>'
        f"<p><b>{escape(one.name)}</b>, {escape(one.period)}</p>"
        f"{_words(one.words)}{_small(one.compared)}{_small(one.sure)}{_small(one.source)}{_caveat(one.caveat)}"
    )


def _claims(b: Briefing) -> str:
    """The verdict of every claim at a glance."""
    lines = "".join(
        f'<li class="verdict {one.verdict}"><span class="soft">{one.number}. {escape(one.name)}</span><br>'
        f"{escape(one.verdict_words)}</li>"
        for one in b.sections
    )
    return f'<h2>{escape(b.labels["claims"])}</h2><ul class="claims">{lines}</ul>' if lines else ""


def _section(section: Section, b: Briefing) -> str:
    words = b.labels
    story = "".join(f"<p>{escape(part)}</p>" for part in section.analysis.split("\n") if part.strip())
    if section.recommendation:
        story += f"<p><b>{escape(words['recommendation'])}:</b> {escape(section.recommendation)}</p>"
    figures = "".join(
        f'<figure><div class="wide">{svg(chart, palette="light")}</div>'
        f'<div class="phone">{svg(chart, width=_PHONE, palette="light")}</div><figcaption>'
        f"{_small(chart.sentence)}"
        f"{''.join(map(_small, (*chart.notes, chart.source)))}</figcaption></figure>"
        for chart in section.charts
    )
    return (
        f"<section><h2>{section.number}. {escape(section.name)}</h2>"
        f"<blockquote>{escape(section.quotation)}</blockquote>"
        f'<p class="verdict {section.verdict}">{escape(section.verdict_words)}</p>'
        f'<p class="small why">{escape(section.verdict_reason)}</p>'
        f"{story}{_small(section.narrative_note)}"
        f"{_figures(section, words)}{figures}"
        f"{_list(words['against'], section.against, 3)}"
        f"{_list(words['missing'], section.missing, 3)}</section>"
    )


def _figures(section: Section, words: Mapping[str, str]) -> str:
    if not section.statements:
        return f"<p>{escape(words['nothing'])}</p>"
    heads = "".join(
        f'<th scope="col">{_both(words[first], words[second])}</th>'
        for first, second in (("figure", "source"), ("value", "when"), ("compared", "sure"))
    )
    rows = "".join(
        f'<tr><th scope="row">{_both(one.name + _dagger(one), one.source)}</th>'
        f"<td>{_both(_loose(one.value), one.period)}</td><td><p>{escape(one.compared)}</p>"
        f'<p class="soft">{escape(one.sure)}</p></td></tr>'
        for one in section.statements
    )
    caveats = dict.fromkeys(one.caveat for one in section.statements if one.caveat)
    table = f'<table class="figures"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return table + "".join(map(_caveat, caveats))


def _loose(value: str) -> str:
    """A value that a narrow column may break between its number and its unit."""
    return value.replace("\xa0", " ")


def _both(main: str, under: str) -> str:
    """What matters, and under it what belongs to it."""
    return f'<p><b>{escape(main)}</b></p><p class="soft">{escape(under)}</p>'


def _dagger(one: Statement) -> str:
    """The sign of a figure whose caveat stands under the table."""
    return " †" if one.caveat else ""


def _changes(b: Briefing) -> str:
    if not b.changed:
        return ""
    rows = ([one.words, one.name, _loose(one.before), _loose(one.after)] for one in b.changed)
    heads = [b.change, *(b.labels[name] for name in ("figure", "before", "after"))]
    title = escape(b.labels["changed"])
    return f"<h2>{title}</h2>{_table(heads, rows, 'changes')}"


def _sources(b: Briefing) -> str:
    lines = [
        ", ".join(filter(None, (one.title, one.producer, one.address, one.licence))) for one in b.sources
    ]
    return _list(b.labels["sources"], lines)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]], kind: str) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _list(title: str, lines: Iterable[str], level: int = 2) -> str:
    inner = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h{level}>{escape(title)}</h{level}><ul>{inner}</ul>" if inner else ""


def _words(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _small(text: str) -> str:
    return f'<p class="small">{escape(text)}</p>' if text else ""


def _caveat(text: str) -> str:
    return f'<p class="caveat small">{escape(text)}</p>' if text else ""
