"""What must hold between the parts of a data set: every name is borne, no key means two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.domain.bands import check_bands
from dashboard.domain.catalogue import Annotation, Baseline, Catalogue, SeriesBreak, Target
from dashboard.domain.evidence import EvidenceSubject
from dashboard.domain.problem import Problem
from dashboard.intake.promises import FILE as PROMISES
from dashboard.intake.record import located

if TYPE_CHECKING:
    from dashboard.intake.dataset import DataSet

JUDGEMENTS, FOLLOW_UPS = "judgements.toml", "follow_ups.csv"


def check_set(dataset: DataSet, catalogue: Catalogue | None = None) -> list[Problem]:
    """Problems between the parts: names that nothing bears, and two different rows under one key."""
    problems: list[Problem] = []
    places = {place.slug for place in dataset.places}
    sources = {source.key for source in dataset.sources} | {""}
    codes = {i.code for i in catalogue.indicators} if catalogue else None

    def names(file: str, place: str = "", source: str = "", indicator: str = "") -> None:
        if place and place not in places:
            problems.append(located(Problem("place_unknown", "place", params={"given": place}), file, None))
        if source not in sources:
            found = Problem("source_unknown", "source", params={"given": source})
            problems.append(located(found, file, None))
        if indicator and codes is not None and indicator not in codes:
            found = Problem("indicator_unknown", "indicator", params={"given": indicator})
            problems.append(located(found, file, None))

    names("set.toml", dataset.home_place)
    for place in dataset.places:
        for source in [m.source for m in place.fields] + [d.source for d in place.designations]:
            names("places.toml", source=source)
    for population in dataset.populations:
        names("populations.csv", population.place, population.source)
    for draft in dataset.observations:
        names("observations.csv", draft.place, draft.source, draft.indicator)
    for activity in dataset.activities:
        names("activities.csv", activity.place, activity.source)
        for partner in activity.partner_places:
            names("activities.csv", partner)
    judged: tuple[Baseline | Target | Annotation | SeriesBreak, ...] = (
        *dataset.baselines, *dataset.targets, *dataset.annotations, *dataset.series_breaks,
    )  # fmt: skip
    for item in judged:
        names(JUDGEMENTS, item.place, item.source, item.indicator)
    for note in dataset.comparability_notes:
        names(JUDGEMENTS, note.place, indicator=note.indicator)
    for given in dataset.comparability_answers:
        names(JUDGEMENTS, given.place, indicator=given.indicator)
    for bands, _ in dataset.bands:
        names(JUDGEMENTS, indicator=bands.indicator)
        indicator = catalogue.indicator(bands.indicator) if catalogue else None
        found = check_bands(bands, indicator) if indicator else []
        problems += [located(problem, JUDGEMENTS, None) for problem in found]
    keys = {activity.key for activity in dataset.activities}
    for answer in dataset.follow_ups:
        if answer.activity not in keys:
            params = {"given": answer.activity}
            problems.append(located(Problem("subject_unknown", "activity", params=params), FOLLOW_UPS, None))
    for promise in dataset.promises:
        names(PROMISES, source=promise.source)
        claims = [claim.id for claim in catalogue.claims] if catalogue else [promise.claim]
        if promise.claim and promise.claim not in claims:
            params = {"given": promise.claim, "choices": ", ".join(claims)}
            problems.append(located(Problem("claim_unknown", "claim", params=params), PROMISES, None))
        for code in promise.indicators:
            names(PROMISES, indicator=code)
    problems += _subjects(dataset, catalogue)
    problems += _twice(dataset)
    return problems


def _subjects(dataset: DataSet, catalogue: Catalogue | None) -> list[Problem]:
    """Evidence and narratives about something that does not exist."""
    known = {(EvidenceSubject.ACTIVITY.value, a.key) for a in dataset.activities}
    if catalogue is not None:
        known |= {(EvidenceSubject.CLAIM.value, c.id) for c in catalogue.claims}
        known |= {(EvidenceSubject.INDICATOR.value, i.code) for i in catalogue.indicators}
    subjects = [(e.subject_kind.value, e.subject) for e in dataset.evidence]
    subjects += [(kind, name) for kind, _, name in (n.subject.partition(":") for n in dataset.narratives)]
    return [
        located(Problem("subject_unknown", "subject", params={"given": f"{kind}:{name}"}), JUDGEMENTS, None)
        for kind, name in dict.fromkeys(subjects)
        if (catalogue is not None or kind == EvidenceSubject.ACTIVITY) and (kind, name) not in known
    ]


def _twice(dataset: DataSet) -> list[Problem]:
    """Two rows under one key that do not say the same; a plain repetition is no problem."""
    problems = []
    told: dict[tuple[str, str], object] = {}

    def tell(file: str, key: str, content: object, name: str) -> None:
        if told.setdefault((file, key), content) != content:
            problems.append(located(Problem("key_twice", params={"given": name}), file, None))

    for place in dataset.places:
        tell("places.toml", place.slug, place, place.slug)
    for source in dataset.sources:
        tell("sources.toml", source.key, source, source.key)
    for population in dataset.populations:
        tell("populations.csv", population.natural_key, population, population.natural_key)
    for draft in dataset.observations:
        tell("observations.csv", draft.natural_key, draft.content, f"{draft.indicator}, {draft.place}")
    for activity in dataset.activities:
        tell("activities.csv", activity.key, activity, activity.key)
    for bands in dataset.bands:
        tell(JUDGEMENTS, bands[0].indicator, bands, bands[0].indicator)
    for answer in dataset.follow_ups:
        name = f"{answer.activity}/{answer.months}"
        tell(FOLLOW_UPS, name, answer, name)
    for annotation in dataset.annotations:
        tell(JUDGEMENTS, annotation.key, annotation, annotation.key)
    return problems
