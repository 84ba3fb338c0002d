"""Every problem that the code can find has a sentence in both languages."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import dashboard
from dashboard.i18n import LANGUAGES, words

PACKAGE = Path(dashboard.__file__).parent
MAKERS = {"Problem", "problem", "add"}


def codes_in(path: Path) -> set[str]:
    """The first argument of every `Problem(…)`, `record.problem(…)` and local `add(…)`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            for choice in choices:
                if name in MAKERS and isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                    found.add(choice.value)
    return found


CODES = sorted(
    {"period_reversed", "period_without_precision", "precision_without_period"}.union(
        *(codes_in(path) for part in ("domain", "intake", "store") for path in (PACKAGE / part).rglob("*.py"))
    )
)


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


def test_codes_are_found() -> None:
    assert len(CODES) > 80
    assert {"number_ambiguous", "unit_differs", "row_without_draft"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_sentence_in_both_languages(code: str) -> None:
    sentences = [words(language).get(f"problem.{code}", "") for language in LANGUAGES]
    for sentence in sentences:
        assert sentence.endswith((".", "}")), code
    danish, english = map(placeholders, sentences)
    assert danish == english
