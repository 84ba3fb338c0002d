"""What pages show: each function draws one finished thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.coverage import how_sure
from dashboard.analysis.normalise import Refusal
from dashboard.analysis.trend import Trend
from dashboard.analysis.verdict import Reading, Verdict
from dashboard.analysis.wording import refusal_sentence
from dashboard.charts.quantity import Quantity
from dashboard.domain.catalogue import Indicator
from dashboard.domain.evidence import EvidenceLink, Stance
from dashboard.domain.grading import counted
from dashboard.domain.observation import Confidence
from dashboard.domain.period import Period, Precision
from dashboard.ui import board, cached, markup
from dashboard.ui.cached import Drawn
from dashboard.ui.chart_element import draw_data
from dashboard.ui.session import Visit


def chart(drawn: Drawn, visit: Visit, key: str) -> None:
    """A chart with its sentence (F56), its notes and source, and its table (F77)."""
    t, spec = visit.t, drawn.spec
    if spec.empty:
        st.html(markup.paragraph(t("card.empty_chart"), "none"))
    else:
        st.html(markup.paragraph(spec.sentence, "lead"))
        draw_data(drawn.data, key)
    if words := "".join(markup.paragraph(line, "small") for line in (*spec.notes, spec.source) if line):
        st.html(words)
    if spec.rows:
        with st.expander(t("card.as_table", count=len(spec.rows))):
            st.html(markup.table(spec.columns, spec.rows, spec.title))


def undated(frame: pd.DataFrame, indicator: Indicator, visit: Visit) -> None:
    """Statements without a time: a list, never a point on the axis."""
    if not len(frame):
        return
    t = visit.t
    st.header(t("undated.title"), anchor=False)
    st.html(markup.paragraph(t("undated.why"), "small"))
    st.html(_value_table(frame, indicator, visit, t("undated.title")))


def competing(frame: pd.DataFrame, indicator: Indicator, visit: Visit) -> None:
    """Published values for one fact that disagree, side by side, the preferred one marked and why."""
    disagreeing(competing_tables(frame, indicator, visit), visit)


def competing_tables(frame: pd.DataFrame, indicator: Indicator, visit: Visit) -> tuple[str, ...]:
    """A table for each fact that sources disagree on."""
    groups = contested_groups(frame)
    return tuple(_value_table(group, indicator, visit, "", chosen=True) for group in groups)


def disagreeing(tables: Sequence[str], visit: Visit) -> None:
    """The finished tables of competing values under their heading; nothing where there are none."""
    if not tables:
        return
    t = visit.t
    st.header(t("competing.title"), anchor=False)
    st.html(markup.paragraph(t("competing.why"), "small") + "".join(tables))


def contested_groups(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows that state the same fact in different words: one place and part, two values or more.

    They have the same period from different sources, or are flagged as in conflict with one another, or one
    of them is preferred and the others overlap its period. Contested measures stand all beside the preferred
    one, whatever their period: there it is the measure that is in doubt.
    """
    valued = frame[frame["value"].notna() & ~frame["kind"].isin(["target", "forecast", "ex_ante", "budget"])]
    found: list[pd.DataFrame] = []
    fact = ["place", "disaggregation"]
    # Most places have one source, which cannot disagree with itself; looking at them took most of a rerun.
    valued = valued[valued.groupby(fact)["source"].transform("nunique") > 1]
    for _, rows in valued.groupby(fact, sort=False):
        left = rows
        for _, row in rows[rows["preferred"]].iterrows():
            group = left[_in_conflict(left, row)]
            if len(group) > 1 and group["source"].nunique() > 1:
                found.append(group)
                left = left.drop(group.index)
        for words in (_flag_of_conflict, _same_period):
            for _, group in left.groupby(words(left), sort=False):
                if len(group) > 1 and group["source"].nunique() > 1:
                    found.append(group)
                    left = left.drop(group.index)
    return found


def _in_conflict(rows: pd.DataFrame, preferred: pd.Series) -> pd.Series:
    """Which rows a preferred one was chosen over."""
    start, end = rows["period_start"].fillna(rows["period_end"]), rows["period_end"]
    first = preferred["period_end"] if pd.isna(preferred["period_start"]) else preferred["period_start"]
    flags = set(filter(None, str(preferred["flags"]).split(";")))
    shared = {flag for flag in flags if flag == "contested" or flag.startswith("conflict:")}
    alike = rows["flags"].map(lambda text: bool(shared & set(str(text).split(";"))))
    return ((start <= preferred["period_end"]) & (end >= first)) | alike


def _flag_of_conflict(rows: pd.DataFrame) -> pd.Series:
    """The flag that names a conflict, missing where there is none."""
    return rows["flags"].str.extract(r"(conflict:[\w-]+)", expand=False)


def _same_period(rows: pd.DataFrame) -> pd.Series:
    """The period as one word, missing where there is none."""
    words = rows["period_start"].astype("str") + "/" + rows["period_end"].astype("str")
    return words.where(rows["period_end"].notna())


def _value_table(
    frame: pd.DataFrame, indicator: Indicator, visit: Visit, caption: str, chosen: bool = False
) -> str:
    t = visit.t
    titles = cached.source_titles(visit.stamp, t.language)
    rows, marked = [], []
    for number, row in enumerate(frame.to_dict("records")):
        quantity = Quantity(indicator, row["unit"], row["currency"], None, None, t)
        value = (
            quantity.written(row["value"], row["qualifier"], row["unit"], row["currency"])
            if not pd.isna(row["value"])
            else row["text"] or t(f"missing.{row['missing_reason']}")
        )
        cells = [
            t.text(visit.world.places[row["place"]].name), value, t.period(period_of(row)),
            t(f"chart.kind.{row['kind']}"), confidence_words(row, visit),
            titles.get(row["source"], row["source"]), row["note"],
        ]  # fmt: skip
        if chosen:
            cells.append(preferred_words(row, visit))
            if row["preferred"]:
                marked.append(number)
        rows.append(cells)
    columns = [t(f"column.{name}") for name in ("place", "value", "period", "kind", "sure", "source", "note")]
    if chosen:
        columns.append(t("column.preferred"))
    return markup.table(columns, rows, caption, chosen=marked)


def confidence_words(row: Mapping[Any, Any], visit: Visit) -> str:
    """How sure a value is, and by which rule or in whose words it was graded so; a step less once its
    definition is overdue for review (N4)."""
    t = visit.t
    if not row["confidence"]:
        return t("confidence.none")
    reason = str(row["confidence_reason"])
    if reason.startswith("rule:"):
        reason = t(f"rule.{reason.removeprefix('rule:')}")
    indicator = visit.world.catalogue.indicator(str(row["indicator"]))
    review = indicator.next_review if indicator else None
    sure = how_sure(counted(Confidence(row["confidence"]), review, visit.stamp.day), t)
    return " – ".join(filter(None, [sure, reason]))


def preferred_words(row: Mapping[Any, Any], visit: Visit) -> str:
    """Whether a value is the preferred one, and the reason given."""
    if not row["preferred"]:
        return visit.t("competing.kept")
    da, _, en = str(row["preferred_reason"]).partition("\x1f")
    reason = (da if visit.t.language == "da" else en) or da or en
    return visit.t("competing.preferred", reason=reason)


def period_of(row: Mapping[Any, Any]) -> Period:
    """The period of a row of the tidy frame."""

    def day(value: Any) -> date | None:
        return None if pd.isna(value) else pd.Timestamp(value).date()

    return Period(day(row["period_start"]), day(row["period_end"]), Precision(row["precision"]))


def refused(refusals: Sequence[Refusal], visit: Visit) -> None:
    """What cannot be compared, and why: one line for each reason and place."""
    if not refusals:
        return
    t = visit.t
    st.header(t("refused.title"), anchor=False)
    names = {indicator.code: t.text(indicator.name) for indicator in visit.world.catalogue.indicators}
    counted: dict[tuple[str, str], int] = {}
    for refusal in refusals:
        line = (t.text(visit.world.places[refusal.place].name), refusal_sentence(refusal, t, names))
        counted[line] = counted.get(line, 0) + 1
    rows = [[place, t("count.values", count=n), why] for (place, why), n in counted.items()]
    st.html(markup.table([t("column.place"), t("column.count"), t("column.why")], rows))


def trend(found: Trend, visit: Visit) -> None:
    """The trend in a word, or why no trend is stated."""
    t = visit.t
    if found.word:
        text = t("card.trend", word=t(f"trend.{found.word}"), count=found.points)
        st.html(markup.paragraph(f"{text} {t('trend.method')}", "small"))
    else:
        st.html(markup.paragraph(t(f"trend.{found.code}"), "small"))


def verdict(found: Verdict, visit: Visit) -> None:
    """The verdict with its working: the rules tried and what each indicator said."""
    t = visit.t
    st.html(board.verdict_badge(found, t))
    st.html(markup.items(t(f"verdict.step.{step.code}", **step.params) for step in found.steps))
    with st.expander(t("card.working", count=len(found.readings))):
        columns = [t(f"column.{name}") for name in ("indicator", "baseline", "now", "outcome", "why")]
        st.html(markup.table(columns, [_reading(r, visit) for r in found.readings]))
        st.html(board.legend(t))


def _reading(reading: Reading, visit: Visit) -> list[str]:
    t = visit.t
    indicator = visit.world.catalogue.indicator(reading.indicator)
    if indicator is None:
        return [reading.indicator, "", "", "", ""]
    quantity = Quantity(indicator, indicator.unit, reading.currency, None, None, t)

    def written(value: float | None, period: Period) -> str:
        return "" if value is None else f"{quantity.written(value)} ({t.period(period)})"

    if reading.outcome is None:
        why = t(f"verdict.left_out.{reading.left_out}")
        return [t.text(indicator.name), "", "", t("card.not_counted"), why]
    why = t(f"verdict.variation.{reading.method}") if reading.method else ""
    if reading.target_met is not None:
        why = t(f"verdict.outcome.target_{'met' if reading.target_met else 'missed'}") + ". " + why
    return [
        t.text(indicator.name),
        written(reading.baseline, reading.baseline_period),
        written(reading.now, reading.latest_period),
        t(f"verdict.outcome.{reading.outcome}"),
        why,
    ]


def evidence(links: Sequence[EvidenceLink], visit: Visit) -> None:
    """What speaks for, what speaks against, and what is context, each under its own heading."""
    t = visit.t
    for stance in Stance:
        lines = [link for link in links if link.stance is stance]
        st.subheader(t(f"evidence.{stance}"), anchor=False)
        if not lines:
            st.html(markup.paragraph(t(f"evidence.no_{stance}"), "none"))
            continue
        noted = any(t.text(link.note) for link in lines)
        rows = [[link.title, *([t.text(link.note)] if noted else []), link.address] for link in lines]
        columns = [t("column.document"), *([t("column.says")] if noted else []), t("column.address")]
        said = t(f"evidence.{stance}")
        st.html(markup.table(columns, rows, linked=[len(columns) - 1], called=said))


def narrative(subject: str, visit: Visit) -> None:
    """The analysis and recommendation in the reader's language; another language is shown as such."""
    t = visit.t
    stories = [n for n in visit.world.narratives if n.subject == subject]
    story = next((n for n in stories if n.language == t.language), stories[0] if stories else None)
    if story is None:
        st.html(markup.paragraph(t("narrative.none"), "none"))
        return
    if story.language != t.language:
        st.html(markup.paragraph(t("narrative.other_language"), "small"))
    st.html(markup.paragraph(story.analysis, "lead"))
    if story.recommendation:
        st.html(markup.facts([(t("narrative.recommendation"), story.recommendation)]))


def definition(indicator: Indicator, visit: Visit) -> None:
    """What is counted, why, how, and what it does not show."""
    t = visit.t
    words = [
        t("catalogue.retired") if indicator.retired else "",
        t("label.proxy") if indicator.proxy else "",
        t("label.contested") if indicator.contested else "",
        "" if indicator.comparable_between_places else t("label.not_between_places"),
        "" if indicator.comparable_over_time else t("label.not_over_time"),
        t("label.register") if indicator.rollup else "",
    ]
    if any(words):
        st.html(markup.tags(words))
    if indicator.caveat.da or indicator.caveat.en:
        st.html(markup.paragraph(t.text(indicator.caveat), "caveat"))
    pairs = [
        (t(f"definition.{name}"), t.text(getattr(indicator, name)))
        for name in ("definition", "rationale", "method", "limitations", "owner")
    ]
    steps = "; ".join(f"{t.number(step.value)}: {t.text(step.text)}" for step in indicator.scale)
    pairs += [
        (t("definition.scale"), steps),
        (t("definition.direction"), t(f"direction.{indicator.direction}")),
        (t("definition.result_level"), t(f"result_level.{indicator.result_level}")),
        (t("definition.frequency"), t(f"frequency.{indicator.frequency}")),
        (t("definition.next_due"), t.date(indicator.next_due) if indicator.next_due else ""),
        (t("definition.next_review"), t.date(indicator.next_review) if indicator.next_review else ""),
        (t("definition.sdg"), t.list(indicator.sdg_targets) if indicator.sdg_targets else ""),
        (t("definition.culture2030"), t.list(indicator.culture2030) if indicator.culture2030 else ""),
        (t("definition.code"), indicator.code),
        (t("definition.version"), str(indicator.version)),
    ]
    st.html(markup.facts(pairs))


def sources_of(frame: pd.DataFrame, visit: Visit) -> str:
    """The documents the shown figures stand on, how many figures, and how sure they are."""
    t = visit.t
    rows = []
    for key, cited in frame.groupby("source", sort=False):
        source = visit.world.sources.get(str(key))
        sure = "; ".join(dict.fromkeys(confidence_words(row, visit) for row in cited.to_dict("records")))
        title = source.title if source else t("source.register")
        verified = t(f"verified.{source.verified or 'unknown'}") if source else ""
        rows.append([title, t.number(len(cited)), sure, verified, source.address if source else ""])
    columns = [t(f"column.{name}") for name in ("source", "values", "sure", "verified", "address")]
    found = markup.table(columns, rows, numbers=[1], linked=[4])
    return found if rows else markup.paragraph(t("source.none"), "none")
