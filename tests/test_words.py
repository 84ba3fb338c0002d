"""Every word shown to people comes from the locale files: none is missing, none is left over.

The syntax tree of `dashboard` and `pages` is walked. A key is *named* by a string that is one, and *matched*
by an f-string or a beginning such as ``f"unit.{code}"`` or ``"unit." + code``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dashboard.config import ROOT
from dashboard.i18n import words
from dashboard.store.commands.rows import UNKNOWN

KEYS = frozenset(words("da"))
HEADS = frozenset(key.rpartition(".")[0] for key in KEYS if key.endswith(".one"))
TABLES = frozenset(key.partition(".")[0] for key in KEYS)
KEY_FORM = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]*[a-z0-9])+")
OTHER_NAMES = re.compile(r"server\.\w+|claim\.id|.*\.(css|js|toml|csv|json|xlsx|html|svg|sqlite|md)")
"""What has the form of a key and is none: Streamlit's options, fields, files."""
GENERATED = ("problem", "refusal")
"""Tables looked up by codes of the program itself: each of their keys must be the code of something."""


@cache
def trees() -> dict[str, ast.Module]:
    paths = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(paths)
        if "migrations" not in path.parts
    }


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for path, tree in trees().items():
        for node in ast.walk(tree):
            yield path, node


def texts() -> set[str]:
    """Every string in the program that is not a part of an f-string."""
    return {
        node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def pattern_of(node: ast.AST) -> re.Pattern[str] | None:
    """What keys a piece of program can make: an f-string or a sum that begins with a table's name."""
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(part.value)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
            else r"[\w.-]+"
            for part in node.values
        ]
        first = node.values[0] if node.values else None
        begins = first.value if isinstance(first, ast.Constant) else ""
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
        begins = node.left.value
        parts = [re.escape(str(begins)), r"[\w.-]+"]
    else:
        return None
    table, dot, _ = str(begins).partition(".")
    return re.compile("".join(parts)) if dot and table in TABLES else None


def inner() -> set[str]:
    """The tables inside tables, whose names are completed before they are asked for."""
    return {key[: dot.start()] for key in KEYS for dot in re.finditer(r"\.", key)} - TABLES


def is_translation(node: ast.AST) -> bool:
    """Whether it is a call of a translator: ``t(…)``, ``self.t(…)``, ``Translator(language)(…)``."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    made = isinstance(called, ast.Call) and getattr(called.func, "id", "") == "Translator"
    return name in ("t", "_t", "translator") or made


def test_every_key_that_is_asked_for_exists() -> None:
    missing = set()
    for path, node in nodes():
        if not (is_translation(node) and isinstance(node, ast.Call)):
            continue
        asked = node.args[0]
        if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
            if asked.value not in KEYS | HEADS:
                missing.add(f"{path}:{node.lineno} {asked.value}")
        elif isinstance(asked, ast.JoinedStr):
            wanted = pattern_of(asked)
            if wanted is None or not any(map(wanted.fullmatch, KEYS | HEADS)):
                missing.add(f"{path}:{node.lineno} {ast.unparse(asked)}")
    assert sorted(missing) == []


def test_every_key_that_is_written_down_exists() -> None:
    """Also those that are handed on before they are asked for, such as the keys of errors."""
    written = {text for text in texts() if KEY_FORM.fullmatch(text) and text.partition(".")[0] in TABLES}
    keys = {text for text in written if not OTHER_NAMES.fullmatch(text)}
    assert sorted(keys - KEYS - HEADS - inner()) == []


def test_every_error_has_its_words() -> None:
    keys = {
        node.value.value
        for _, node in nodes()
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "default_key"
        and isinstance(node.value, ast.Constant)
    }
    assert keys
    assert sorted(keys - KEYS - inner()) == []


def test_every_problem_has_its_words() -> None:
    codes = set(UNKNOWN.values())
    for _, node in nodes():
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            code = node.args[0].value
            if called == "Problem" or (called == "problem" and isinstance(code, str)):
                codes.add(code)
    assert codes
    assert sorted(code for code in codes if f"problem.{code}" not in KEYS) == []


def test_no_key_is_left_over() -> None:
    named = texts()
    patterns = [p for _, node in nodes() if (p := pattern_of(node)) is not None]
    patterns += [
        re.compile(re.escape(text) + r"[\w.-]+") for text in named
        if text.endswith(".") and text.partition(".")[0] in TABLES
    ]  # fmt: skip
    unused = set()
    for key in KEYS:
        table, _, rest = key.partition(".")
        head = key.rpartition(".")[0] if key.endswith((".one", ".other")) else key
        if table in GENERATED:
            used = rest in named or rest.rpartition(".")[0] in named
        else:
            used = key in named or head in named or any(map(lambda p, k=key: p.fullmatch(k), patterns))
        if not used:
            unused.add(key)
    assert sorted(unused) == []


# -- no words in the program -----------------------------------------------------------------------

WORDY = frozenset(
    {"label", "help", "placeholder", "body", "title", "caption", "text", "page_title", "message"}
)
"""Keyword arguments of Streamlit that people read."""
TECHNICAL = frozenset({
    "query_params", "session_state", "Page", "switch_page", "cache_data", "cache_resource", "get_option",
    "set_option", "context", "fragment",
})  # fmt: skip
MARKUP = re.compile(r"<[^>]*>|:material/\w+:|&\w+;")


def streamlit_name(called: ast.expr) -> str | None:
    """``st.a.b`` as ``a.b``, or None for a call of something else."""
    parts: list[str] = []
    while isinstance(called, ast.Attribute):
        parts.append(called.attr)
        called = called.value
    return ".".join(reversed(parts)) if isinstance(called, ast.Name) and called.id == "st" else None


def literal_words(node: ast.expr) -> str:
    """The letters that a literal, or the literal parts of an f-string, would show."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        shown = node.value
    elif isinstance(node, ast.JoinedStr):
        shown = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.List | ast.Tuple):
        shown = "".join(map(literal_words, node.elts))
    else:
        return ""
    return "".join(filter(str.isalpha, MARKUP.sub("", shown)))


def test_no_page_passes_literal_words_to_streamlit() -> None:
    found = []
    for path, node in nodes():
        if not isinstance(node, ast.Call):
            continue
        name = streamlit_name(node.func)
        if name is None or TECHNICAL & set(name.split(".")):
            continue
        given = [*node.args, *(k.value for k in node.keywords if k.arg in WORDY)]
        found += [f"{path}:{node.lineno} st.{name}({ast.unparse(g)})" for g in given if literal_words(g)]
    assert found == []


def test_the_walk_sees_what_it_is_to_see() -> None:
    """The rules above, on programs that break them."""
    call = ast.parse("st.sidebar.button('Gem', key='save')").body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert streamlit_name(call.value.func) == "sidebar.button"
    assert literal_words(call.value.args[0]) == "Gem"
    assert literal_words(ast.parse("f'<b>{x}</b> – 3'").body[0].value) == ""  # type: ignore[attr-defined]
    made = pattern_of(ast.parse("f'problem.{code}'").body[0].value)  # type: ignore[attr-defined]
    assert made is not None
    assert made.fullmatch("problem.slug_form")
    assert not made.fullmatch("refusal.slug_form")
    assert Path(ROOT / "dashboard" / "locale" / "da.toml").exists()
