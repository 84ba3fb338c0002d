"""A pack that is hard to lay out: long names, words without an end, signs, empty claims, a long story."""

from __future__ import annotations

import dataclasses

from dashboard.reports.briefing import Briefing, Changed, Section, Statement

_PHRASE = "Andelen af byens borgere mellem 15 og 84 år, som ved, at byen er udnævnt til Creative City, "
LONG = (_PHRASE * 5)[:400]
UNBROKEN = ("Oplevelsesøkonomiudviklingsstrategi" * 12)[:400]
FORMULA = "=cmd|' /C calc'!A0"


def hard(pack: Briefing) -> Briefing:
    first, second, third, fourth, *others = pack.sections
    statements = tuple(_hard(one, i) for i, one in enumerate(first.statements))
    charts = tuple(dataclasses.replace(c, title=LONG, sentence=LONG, caveat=LONG) for c in first.charts)
    sections: list[Section] = [
        dataclasses.replace(first, name=LONG, statements=statements, charts=charts, verdict_reason=LONG),
        dataclasses.replace(second, analysis="Der er sket en del. " * 90 + "\n" + LONG,
                            recommendation=FORMULA),
        dataclasses.replace(third, statements=(), charts=()),
        dataclasses.replace(fourth, charts=()),
        *others,
    ]  # fmt: skip
    headlines = tuple(_hard(one, i) for i, one in enumerate(pack.headlines))
    changed = tuple(Changed("revised", "Rettet", "media", LONG if i == 3 else f"Tal {i}", "@1", "-2")
                    for i in range(40))  # fmt: skip
    return dataclasses.replace(
        pack, title=LONG, headlines=headlines, sections=tuple(sections), changed=changed,
        left_out=("@SUM(A1)", "Med \x0b\x00 styretegn & <mærker>"),
    )  # fmt: skip


def _hard(one: Statement, number: int) -> Statement:
    name = UNBROKEN if number % 2 else LONG
    caveat = f"Omstridt: {LONG[:200]}"
    return dataclasses.replace(one, name=name, source=LONG, compared=FORMULA, caveat=caveat)
