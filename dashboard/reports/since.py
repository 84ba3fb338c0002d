"""What has happened between two packs (F65): new, revised, overtaken, gone."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.i18n import Translator
from dashboard.reports.briefing import Briefing, Changed, Fate, Statement


def changes_since(earlier: Briefing, statements: Iterable[Statement], t: Translator) -> tuple[Changed, ...]:
    """What the figures of a later pack say otherwise than an earlier one, in their order, then what is gone.

    Figures are the same when they say the same indicator for the same claim. Headlines repeat figures of
    the claims, and a figure can speak for several claims: what became of it is said once.
    """
    before = {(one.claim, one.indicator): one for one in earlier.statements}
    after = {(one.claim, one.indicator): one for one in statements}
    found = []
    for key, now in after.items():
        then = before.get(key)
        if then is None:
            found.append(_changed("new", now, "", _words(now), t))
        elif then.period != now.period:
            found.append(_changed("overtaken", now, _words(then), _words(now), t))
        elif then.value != now.value:
            found.append(_changed("revised", now, _words(then), _words(now), t))
    found += [_changed("gone", then, _words(then), "", t) for key, then in before.items() if key not in after]
    once: dict[tuple[str, ...], Changed] = {}
    for one in found:
        once.setdefault((one.fate, one.indicator, one.before, one.after), one)
    return tuple(once.values())


def _changed(fate: Fate, one: Statement, before: str, after: str, t: Translator) -> Changed:
    return Changed(fate, t(f"briefing.fate.{fate}"), one.claim, one.name, before, after, one.indicator)


def _words(one: Statement) -> str:
    return f"{one.value} ({one.period})"
