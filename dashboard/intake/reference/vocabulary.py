"""``culture2030.csv``: the 22 thematic indicators, with Danish names from ``culture2030-da.toml``.

The goals are published for a whole dimension, not for one indicator; the mapping says so.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.domain.catalogue import VocabularyCode
from dashboard.domain.problem import Problem
from dashboard.domain.text import Text
from dashboard.intake.reconciliation import Became, DraftKind, FileReconciliation, RowFate, reconcile
from dashboard.intake.record import Record, read_csv, read_toml
from dashboard.intake.reference.sources import SourceBook

COLUMNS = ("code", "dimension", "indicator", "sdg_targets", "sdg_mapping_level", "source", "verified")
VOCABULARY = "culture2030"


def read_culture2030(
    folder: Path, sources: SourceBook, problems: list[Problem]
) -> tuple[list[VocabularyCode], FileReconciliation]:
    """The codes; `mapping` holds the SDG targets of the dimension joined by ``;``, `note` their level."""
    file = "culture2030-da.toml"
    document = Record(read_toml(folder / file, problems), file, None)
    dimensions = _table(document, "dimension")
    names = _table(document, "indicator")
    document.finish()
    problems += document.problems
    codes, fates = [], []
    for record in read_csv(folder / "culture2030.csv", COLUMNS, problems):
        record.problems = problems
        code = record.text("code", required=True)
        name, dimension = record.text("indicator", required=True), record.text("dimension", required=True)
        for given, table in ((code, names), (dimension, dimensions)):
            if given not in table:
                record.problem("translation_missing", "indicator", indicator=given)
        codes.append(
            VocabularyCode(
                vocabulary=VOCABULARY, code=code, name=Text(names.get(code, ""), name),
                group=Text(dimensions.get(dimension, ""), dimension), mapping=record.text("sdg_targets"),
                note=record.text("sdg_mapping_level"),
                source=sources.key(record.text("source"), record.text("verified")),
            )
        )  # fmt: skip
        record.finish()
        fates.append(RowFate(record.row or 0, (Became(DraftKind.VOCABULARY_CODE, code),)))
    return codes, reconcile("culture2030.csv", fates, problems)


def _table(document: Record, name: str) -> dict[str, str]:
    value = document.raw(name)
    if not isinstance(value, dict):
        document.problem("table_expected", name)
        return {}
    return {str(key): str(text) for key, text in value.items()}
