"""A definition as a person typed it, into a record and problems; and a record as the texts of its form.

Every field of a form is a text, a truth, a list of codes, or rows of texts. For each kind of record there are
two functions that are each other's reverse: what is read of the texts of a record is the record, in both
languages. What cannot be read becomes a problem whose `field` is the field of the form ("name_da",
"scale.1.value"), and all problems come at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from dashboard.domain.catalogue import SLUG, Claim, Source
from dashboard.domain.period import Period, Precision
from dashboard.domain.problem import Problem
from dashboard.domain.text import UNPRINTABLE, Text
from dashboard.i18n import Translator
from dashboard.intake.figure_form import source_key
from dashboard.intake.numbers import read_number
from dashboard.intake.periods import read_period

Typed = dict[str, Any]
Item = TypeVar("Item")
Member = TypeVar("Member", bound=StrEnum)
LANGUAGES = {"da": "danish_missing", "en": "english_missing"}
LONGEST_CLAIM, LONGEST_SOURCE_KEY = 40, 120
VERIFIED = ("verified", "derived", "unverified")


@dataclass(frozen=True, slots=True)
class Read(Generic[Item]):
    """What was read of a form: the record as far as it goes, and every problem."""

    item: Item
    problems: tuple[Problem, ...] = ()


class FormReader:
    """The fields of one form; each getter notes what is wrong with its field in `problems`."""

    def __init__(self, typed: Mapping[str, Any], t: Translator, prefix: str = "") -> None:
        self.typed = typed
        self.t = t
        self.prefix = prefix
        self.problems: list[Problem] = []

    def problem(self, code: str, name: str, **params: Any) -> None:
        self.problems.append(Problem(code, self.prefix + name, params=params))

    def adopt(self, problems: Sequence[Problem], but: Sequence[str] = ()) -> None:
        """Take over what a rule of the domain found, but for the codes that a field has said better."""
        self.problems += [problem for problem in problems if problem.code not in but]

    def text(self, name: str, required: bool = False, longest: int = 0) -> str:
        words = str(self.typed.get(name) or "").strip()
        if UNPRINTABLE.search(words):
            self.problem("text_unprintable", name)
        if longest and len(words) > longest:
            self.problem("text_too_long", name, length=len(words), longest=longest)
        if required and not words:
            self.problem("field_blank", name)
        return words

    def both(self, name: str, required: bool = True) -> Text:
        """A text in both languages; where it is required, or one language is given, none may be missing."""
        found = Text(self.text(f"{name}_da"), self.text(f"{name}_en"))
        if required or found.da or found.en:
            for language, code in LANGUAGES.items():
                if not getattr(found, language):
                    self.problem(code, f"{name}_{language}")
        return found

    def number(self, name: str, required: bool = False) -> float | None:
        if not self.text(name):
            if required:
                self.problem("field_blank", name)
            return None
        found = read_number(self.text(name), self.t)
        if isinstance(found, Problem):
            self.problem(found.code, name, **found.params)
            return None
        return found

    def when(self, name: str, known: Mapping[str, Period] | None = None) -> Period | None:
        """A day, month or year; a text of `known` means what it meant there."""
        given = self.text(name)
        if not given:
            return None
        if known and given in known:
            return known[given]
        found = read_period(given)
        if isinstance(found, Problem):
            self.problem(found.code, name, **found.params)
            return None
        return found

    def day(self, name: str) -> date | None:
        """One day; a month or a year is a problem."""
        found = self.when(name)
        if found is None:
            return None
        if found.start is None or found.start != found.end:
            self.problem("day_form", name, given=self.text(name), example=self.t.short_date(date(2027, 3, 1)))
            return None
        return found.start

    def one_of(self, name: str, members: type[Member]) -> Member:
        """A member of an enumeration; the first stands in for nothing chosen, which is a problem."""
        given = self.text(name)
        found = next((member for member in members if member.value == given), None)
        if found is None:
            self.problem("field_blank", name)
            return next(iter(members))
        return found

    def truth(self, name: str) -> bool:
        return bool(self.typed.get(name))

    def many(self, name: str) -> tuple[str, ...]:
        """Codes that were chosen, or typed with commas, semicolons or spaces between."""
        given = self.typed.get(name) or ()
        parts = re.split(r"[,;\s]+", given) if isinstance(given, str) else [str(part) for part in given]
        return tuple(dict.fromkeys(part for part in parts if part))

    def rows(self, name: str) -> list[FormReader]:
        """The rows in which something is typed; their problems come with `adopt`."""
        found = []
        for n, row in enumerate(self.typed.get(name) or ()):
            if any(str(value or "").strip() for value in row.values()):
                found.append(FormReader(row, self.t, f"{name}.{n}."))
        return found


def plain(value: float | None, t: Translator) -> str:
    """A number as it is typed into a field: all its decimals, no grouping, "" for none."""
    if value is None:
        return ""
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return digits.replace(".", ",") if t.language == "da" else digits


def typed_day(day: date | None, t: Translator) -> str:
    return t.short_date(day) if day else ""


def typed_moment(day: date | None, precision: Precision, t: Translator) -> str:
    """A day as exactly as it is known: ``01.06.2008``, ``2008-06``, ``2008``."""
    if day is None:
        return ""
    shorter = {Precision.YEAR: f"{day.year}", Precision.MONTH: f"{day.year}-{day.month:02}"}
    return shorter.get(precision, t.short_date(day))


def typed_both(name: str, text: Text) -> Typed:
    return {f"{name}_da": text.da, f"{name}_en": text.en}


def in_other_words(
    typed: Mapping[str, Any], numeric: Sequence[str], before: Translator, now: Translator
) -> Typed:
    """What was typed in one language for a form in another: `numeric` fields are written anew.

    A number that could not be read stays as it was typed, to be seen and mended. `numeric` names fields, or
    the columns of rows ("scale.value").
    """

    def rewritten(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [
                {c: rewritten(f"{name}.{c}", v) for c, v in row.items()} if isinstance(row, dict) else row
                for row in value
            ]
        if name not in numeric or not value:
            return value
        number = read_number(str(value), before)
        return value if isinstance(number, Problem) else plain(number, now)

    return {name: rewritten(name, value) for name, value in typed.items()}


def typed_claim(claim: Claim, t: Translator) -> Typed:
    texts: Typed = {"id": claim.id, "number": plain(claim.number, t)}
    for name in ("name", "quotation", "shown_by", "counter"):
        texts |= typed_both(name, getattr(claim, name))
    return texts


def read_claim(typed: Mapping[str, Any], t: Translator) -> Read[Claim]:
    """A claim and its wording; its id is a slug."""
    form = FormReader(typed, t)
    number = form.number("number", required=True)
    claim = Claim(
        id=form.text("id", required=True, longest=LONGEST_CLAIM),
        number=int(number or 0),
        name=form.both("name"),
        quotation=form.both("quotation"),
        shown_by=form.both("shown_by"),
        counter=form.both("counter"),
    )
    if claim.id and not SLUG.match(claim.id):
        form.problem("slug_form", "id", given=claim.id)
    if number is not None and (number != int(number) or number < 1):
        form.problem("claim_number", "number", given=number)
    return Read(claim, tuple(form.problems))


def typed_source(source: Source, t: Translator) -> Typed:
    return {
        "title": source.title,
        "producer": source.producer,
        "address": source.address,
        "archived_address": source.archived_address,
        "published": source.published,
        "accessed": typed_day(source.accessed, t),
        "licence": source.licence,
        "citation": source.citation,
        "interested_party": {True: "yes", False: "no", None: ""}[source.interested_party],
        "verified": source.verified,
        "note": source.note,
    }


def read_source(
    typed: Mapping[str, Any], t: Translator, taken: Callable[[str], bool], before: Source | None = None
) -> Read[Source]:
    """A source. The key of a new one is made of its title, with a number where that is `taken`; one that
    stood `before` keeps its own."""
    form = FormReader(typed, t)
    title = form.text("title", required=True)
    source = Source(
        key=before.key if before else _free(source_key(title), taken),
        title=title,
        producer=form.text("producer"),
        address=web_address(form, "address"),
        archived_address=web_address(form, "archived_address"),
        published=form.text("published", longest=40),
        accessed=form.day("accessed"),
        licence=form.text("licence"),
        citation=form.text("citation"),
        interested_party={"yes": True, "no": False}.get(form.text("interested_party")),
        verified=form.text("verified"),
        note=form.text("note"),
    )
    return Read(source, tuple(form.problems))


def web_address(form: FormReader, name: str) -> str:
    given = form.text(name)
    if given and not re.match(r"https?://[^\s/]+\.[^\s]+\Z", given):
        form.problem("web_address", name, given=given)
    return given


def _free(key: str, taken: Callable[[str], bool]) -> str:
    number, free = 1, key
    while taken(free):
        number += 1
        free = f"{key}-{number}"
    return free
