"""What the forms of the catalogue ask, and in which words; the same list says what a version changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.analysis.wording import boundary_name
from dashboard.domain.catalogue import (
    Accumulation,
    CreativeField,
    Direction,
    Frequency,
    Indicator,
    IndicatorKind,
    PlaceKind,
    PopulationBasis,
    ResultLevel,
    TimeAggregation,
)
from dashboard.domain.observation import Qualifier
from dashboard.i18n import LANGUAGES, words
from dashboard.intake.catalogue import AMEC_STAGES
from dashboard.intake.definition_form import VERIFIED
from dashboard.intake.folder import DESIGNATION_EVENTS
from dashboard.ui.session import Visit

Widget = Literal["line", "area", "choice", "several", "truth", "rows"]
CURRENCIES = ("DKK", "EUR", "USD", "GBP", "SEK", "NOK", "CHF", "JPY")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, how it is asked for, and how its codes read.

    `fixed` is a field that names the thing: asked for once, shown ever after. `only` is the other field and
    its value with which this one has a meaning.
    """

    name: str
    label: str
    widget: Widget = "line"
    options: tuple[str, ...] = ()
    words: Callable[[str], str] = str
    columns: tuple[Field, ...] = ()
    help: str = ""
    fixed: bool = False
    only: tuple[str, str] | None = None

    def said(self, value: Any, visit: Visit) -> str:
        """What is typed, in words; "" for nothing."""
        t = visit.t
        if self.widget == "rows":
            rows = [[c.said(row.get(c.name), visit) for c in self.columns] for row in value or ()]
            return "; ".join(", ".join(filter(None, row)) for row in rows if any(row))
        if self.widget == "truth":
            return t("word.yes" if value else "word.no")
        if self.widget == "several":
            return "; ".join(self.words(code) for code in value or ())
        text = str(value or "").strip()
        return self.words(text) if text else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together: lines of fields that stand beside each other."""

    title: str
    lines: tuple[tuple[Field, ...], ...]

    @property
    def fields(self) -> Iterator[Field]:
        for line in self.lines:
            yield from line


def changes(
    fields: Sequence[Field], before: Mapping[str, Any], after: Mapping[str, Any], visit: Visit
) -> list[tuple[str, str, str]]:
    """The fields that read differently: name, old and new words."""
    found = []
    for field in fields:
        old, new = field.said(before.get(field.name), visit), field.said(after.get(field.name), visit)
        if old != new:
            found.append((field.label, old, new))
    return found


def _both(name: str, visit: Visit, widget: Widget = "area") -> tuple[Field, ...]:
    """One text in the two languages, beside each other."""
    t = visit.t
    return tuple(
        Field(f"{name}_{language}", t(f"catalogue.in_{language}", name=t(f"catalogue.field.{name}")), widget)
        for language in LANGUAGES
    )


def _unit_words(visit: Visit) -> Callable[[str], str]:
    return lambda code: visit.t(f"unit.{code}", count=2) if visit.t.has(f"unit.{code}") else code


def _claim_words(visit: Visit) -> Callable[[str], str]:
    claims = {claim.id: claim for claim in visit.world.catalogue.claims}

    def said(id: str) -> str:
        claim = claims.get(id)
        return f"{claim.number}. {visit.t.text(claim.name)}" if claim else id

    return said


def _source(visit: Visit, name: str = "source") -> Field:
    t = visit.t
    titles = {key: source.title for key, source in visit.world.sources.items()}
    keys = sorted(titles, key=lambda key: t.sort_key(titles[key]))
    return Field(
        name, t("catalogue.field.source"), "choice", ("", *keys), lambda key: titles.get(key, key)
    )  # fmt: skip


def indicator_groups(visit: Visit) -> tuple[Group, ...]:
    """Everything that defines an indicator but the register's rule, which files set."""
    t = visit.t
    claims = tuple(claim.id for claim in visit.world.catalogue.claims)
    named = _claim_words(visit)
    units = {key.split(".")[1] for key in words(t.language) if key.startswith("unit.")}
    counted = sorted(units - {"percent", "score"}, key=lambda code: t.sort_key(_unit_words(visit)(code)))
    culture = {code.code: code for code in visit.world.vocabulary}

    def field(name: str, widget: Widget = "line", **more: Any) -> Field:
        return Field(name, t(f"catalogue.field.{name}"), widget, **more)

    def choice(
        name: str, said: Callable[[str], str], codes: Sequence[str], blank: bool = False, **more: Any
    ) -> Field:
        return field(name, "choice", options=("", *codes) if blank else tuple(codes), words=said, **more)

    return (
        Group(t("catalogue.group.texts"), (
            (field("code", fixed=True, help=t("catalogue.help.code")),),
            _both("name", visit, "line"), _both("definition", visit), _both("rationale", visit),
            _both("method", visit), _both("limitations", visit),
        )),
        Group(t("catalogue.group.belongs"), (
            (
                field("claim", "choice", options=("", *claims), words=named),
                field("other_claims", "several", options=claims, words=named),
            ),
            (
                field("sdg_targets", help=t("catalogue.help.sdg_targets")),
                field("culture2030", "several", options=tuple(culture),
                      words=lambda c: f"{c} {t.text(culture[c].name)}" if c in culture else c),
            ),
        )),
        Group(t("catalogue.group.counted"), (
            (
                choice("kind", lambda code: t(f"catalogue.kind.{code}"), list(IndicatorKind)),
                field("unit", "choice", options=("", *counted), words=_unit_words(visit),
                      only=("kind", "number")),
                field("decimals"),
            ),
            (
                choice("accumulation", lambda code: t(f"catalogue.accumulation.{code}"), list(Accumulation)),
                choice("time_aggregation", lambda code: t(f"catalogue.time_aggregation.{code}"),
                       list(TimeAggregation)),
                choice("population_basis", lambda code: t(f"catalogue.population_basis.{code}"),
                       list(PopulationBasis)),
            ),
            (field("minimum", help=t("catalogue.help.bounds")), field("maximum"),
             field("valid_from", help=t("catalogue.help.valid_from"))),
            (field("scale", "rows", help=t("catalogue.help.scale"), only=("kind", "score"), columns=(
                Field("value", t("catalogue.field.step")),
                Field("da", t("catalogue.in_da", name=t("catalogue.field.meaning"))),
                Field("en", t("catalogue.in_en", name=t("catalogue.field.meaning"))),
            )),),
        )),
        Group(t("catalogue.group.judged"), (
            (
                choice("direction", lambda code: t(f"direction.{code}"), list(Direction), blank=True),
                choice("result_level", lambda code: t(f"result_level.{code}"), list(ResultLevel), blank=True),
                choice("amec_stage", lambda code: t(f"catalogue.amec_stage.{code}"), AMEC_STAGES, blank=True,
                       help=t("catalogue.help.amec_stage")),
            ),
            (field("proxy", "truth", help=t("catalogue.help.proxy")),
             field("contested", "truth", help=t("catalogue.help.contested"))),
            (field("comparable_over_time", "truth"), field("comparable_between_places", "truth")),
            _both("caveat", visit),
        )),
        Group(t("catalogue.group.kept"), (
            _both("owner", visit, "line"),
            (
                choice("frequency", lambda code: t(f"frequency.{code}"), list(Frequency)),
                field("next_due", help=t("catalogue.help.day")),
                field("next_review"),
            ),
        )),
    )  # fmt: skip


def claim_groups(visit: Visit) -> tuple[Group, ...]:
    t = visit.t
    return (
        Group(t("catalogue.group.texts"), (
            (Field("id", t("catalogue.field.id"), fixed=True, help=t("catalogue.help.slug")),
             Field("number", t("catalogue.field.number"), fixed=True)),
            _both("name", visit, "line"), _both("quotation", visit), _both("shown_by", visit),
            _both("counter", visit),
        )),
    )  # fmt: skip


def place_groups(visit: Visit) -> tuple[Group, ...]:
    t = visit.t
    source = _source(visit)

    def field(name: str, widget: Widget = "line", **more: Any) -> Field:
        return Field(name, t(f"catalogue.field.{name}"), widget, **more)

    return (
        Group(t("catalogue.group.place"), (
            (field("slug", fixed=True, help=t("catalogue.help.slug")),
             Field("kind", t("catalogue.filter.place_kind"), "choice", tuple(PlaceKind),
                   lambda code: t(f"catalogue.place_kind.{code}"), fixed=True)),
            _both("name", visit, "line"),
            (field("country", help=t("catalogue.help.country"),
                   words=lambda code: t("catalogue.country", name=t.country(code), code=code)),
             _boundary(visit, "reference_boundary")),
            (field("latitude"), field("longitude")),
            (field("address"),),
            (field("note", "area"),),
        )),
        Group(t("catalogue.field.designations"), (
            (field("designations", "rows", help=t("catalogue.help.moment"), columns=(
                Field("event", t("catalogue.field.event"), "choice", ("", *DESIGNATION_EVENTS),
                      lambda code: t(f"catalogue.event.{code}")),
                Field("day", t("catalogue.field.day")), source, Field("note", t("catalogue.field.note")),
            )),),
        )),
        Group(t("catalogue.field.fields"), (
            (field("fields", "rows", help=t("catalogue.help.fields"), columns=(
                Field("field", t("catalogue.field.creative_field"), "choice", ("", *CreativeField),
                      lambda code: t(f"field.{code}")),
                Field("valid_from", t("catalogue.field.from")), Field("valid_to", t("catalogue.field.to")),
                source,
            )),),
        )),
    )  # fmt: skip


def _boundary(visit: Visit, name: str, fixed: bool = False) -> Field:
    """The boundaries that have words, and those that populations were given for."""
    t = visit.t
    named = [key.split(".")[1] for key in words(t.language) if key.startswith("boundary.")]
    used = {population.boundary for population in visit.world.populations} - set(named)
    return Field(
        name, t(f"catalogue.field.{name}"), "choice", ("", *named, *sorted(used)),
        lambda code: boundary_name(code, t), fixed=fixed,
    )  # fmt: skip


def population_groups(visit: Visit) -> tuple[Group, ...]:
    """What tells one statement from another is fixed; a corrected number takes the place of the old one."""
    t = visit.t
    day = Field("day", t("catalogue.field.day"), fixed=True, help=t("catalogue.help.undated"))
    return (
        Group(t("catalogue.group.population"), (
            (_boundary(visit, "boundary", fixed=True), day, replace(_source(visit), fixed=True)),
            (_qualifier(visit), Field("value", t("catalogue.field.inhabitants"))),
        )),
    )  # fmt: skip


def _qualifier(visit: Visit) -> Field:
    t = visit.t
    return Field(
        "qualifier", t("catalogue.field.qualifier"), "choice", tuple(Qualifier),
        lambda code: t(f"enter.qualifiers.{Qualifier(code).name.lower()}"),
    )  # fmt: skip


def retirement_groups(visit: Visit) -> tuple[Group, ...]:
    """The last day on which a definition holds; that it is retired, or taken up again, stands fixed."""
    t = visit.t
    retired = Field("retired", t("catalogue.field.retired"), "truth", fixed=True)
    last = Field("valid_to", t("catalogue.field.valid_to"), help=t("catalogue.help.day"))
    return (Group(t("catalogue.group.retirement"), ((retired, last),)),)


def source_groups(visit: Visit) -> tuple[Group, ...]:
    t = visit.t

    def field(name: str, widget: Widget = "line", **more: Any) -> Field:
        return Field(name, t(f"catalogue.field.{name}"), widget, **more)

    return (
        Group(t("catalogue.group.source"), (
            (field("title"),),
            (field("producer"), field("published", help=t("catalogue.help.published"))),
            (field("address"), field("archived_address")),
            (field("accessed", help=t("catalogue.help.day")), field("licence")),
            (field("citation", "area"),),
            (
                field("interested_party", "choice", options=("", "yes", "no"),
                      words=lambda code: t(f"word.{code}")),
                field("verified", "choice", options=("", *VERIFIED),
                      words=lambda code: t(f"verified.{code}")),
            ),
            (field("note", "area"),),
        )),
    )  # fmt: skip


def baseline_groups(indicator: Indicator, visit: Visit) -> tuple[Group, ...]:
    t = visit.t
    lines = (
        *_judged(indicator, visit, fixed_period=False),
        (Field("comment", t("catalogue.field.comment"), "area"),),
    )
    return (Group(t("column.baseline"), lines),)


def target_groups(indicator: Indicator, visit: Visit) -> tuple[Group, ...]:
    t = visit.t
    final = Field("final", t("catalogue.field.final"), "truth", fixed=True, help=t("catalogue.help.final"))
    return (Group(t("catalogue.group.target"), (*_judged(indicator, visit, fixed_period=True), (final,))),)


def withdrawal_groups(groups: tuple[Group, ...], visit: Visit) -> tuple[Group, ...]:
    """A baseline or target as it stands, and that it is taken back: nothing of it is asked for."""
    withdrawn = Field("withdrawn", visit.t("catalogue.field.withdrawn"), "truth", fixed=True)
    found = []
    for group in groups:
        lines = [tuple(replace(field, fixed=True) for field in line) for line in group.lines]
        found.append(Group(group.title, (*lines, (withdrawn,))))
    return tuple(found)


def band_groups(indicator: Indicator, visit: Visit) -> tuple[Group, ...]:
    t = visit.t
    money = indicator.kind is IndicatorKind.MONEY
    unit = _unit_words(visit)(indicator.unit)

    def limit(name: str) -> Field:
        label = t(f"catalogue.field.{name}")
        label = label if money else t("catalogue.limit_in", name=label, unit=unit)
        return Field(name, label)

    line = (limit("amber"), limit("green"), *([_currency(visit)] if money else []))
    return (Group(t("catalogue.group.bands"), (line,)),)


def _currency(visit: Visit) -> Field:
    currencies = tuple(dict.fromkeys((visit.world.currency, *CURRENCIES)))
    return Field("currency", visit.t("catalogue.field.currency"), "choice", currencies)


def _judged(indicator: Indicator, visit: Visit, fixed_period: bool) -> tuple[tuple[Field, ...], ...]:
    t = visit.t
    places = visit.world.places
    slugs = sorted(places, key=lambda slug: (slug != visit.home.slug, t.sort_key(t.text(places[slug].name))))
    unit = _unit_words(visit)(indicator.unit)
    money = indicator.kind is IndicatorKind.MONEY
    value = Field("value", t("catalogue.field.value") if money else t("enter.value", unit=unit))
    return (
        (
            Field("place", t("catalogue.field.place"), "choice", tuple(slugs),
                  lambda slug: t.text(places[slug].name) if slug in places else slug, fixed=True),
            Field("period", t("catalogue.field.period"), fixed=fixed_period,
                  help=t("catalogue.help.period")),
        ),
        (value, _currency(visit)) if money else (value,),
        (_source(visit),),
    )  # fmt: skip
