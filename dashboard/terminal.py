"""The manners of the command line: its language, its help, its errors and how it tells of progress.

Every word comes from the locale files, also those that the library for command lines would say in English:
help is written here, and a misuse is told in our own sentence.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from babel.lists import format_list

from dashboard.domain.problem import Problem
from dashboard.errors import DashboardError, InvalidDraftsError, StoreError
from dashboard.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator

if TYPE_CHECKING:
    from dashboard.loading import FileLoaded, KeptName, Loaded

PROGRAM = "python -m dashboard"
FINE, FAILED, MISUSED = 0, 1, 2
"""Exit statuses: done and nothing wrong; problems found or a request that failed; a misuse."""

MOST_PROBLEMS = 50
MOST_NAMES = 20


def run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status; no exception but a bug in this module leaves it."""
    language, rest = _language(arguments)
    if language not in LANGUAGES:
        t = Translator(DEFAULT_LANGUAGE)
        return _refuse(t("command.misuse.language", given=language, choices=either(LANGUAGES, t)), MISUSED)
    t = Translator(language)
    command: Any = typer.main.get_command(app)
    if not rest or "--help" in rest or "-h" in rest:
        verb = next((word for word in rest if word in command.commands), "")
        print(help_text(command, verb, t), end="", file=sys.stdout if rest else sys.stderr)
        return FINE if rest else MISUSED
    try:
        status = command.main(args=list(rest), prog_name=PROGRAM, standalone_mode=False, obj=t)
    except typer.TyperException as misuse:
        return _refuse(_misuse(misuse, rest, command, t), MISUSED)
    except StoreError as error:
        if "detail" in error.params:  # the database itself: away, locked, full
            return _refuse(t("error.store_unreachable", **error.params), FAILED)
        return _refuse(sentence(error, t), FAILED)
    except DashboardError as error:
        return _refuse(sentence(error, t), FAILED, *problem_lines(error, t))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of a pipe went away
        return FAILED
    except Exception as error:
        detail = str(getattr(error, "orig", None) or error).strip().partition("\n")[0][:300]
        if type(error).__module__.startswith("sqlalchemy"):  # the database itself: away, locked, full
            return _refuse(t("error.store_unreachable", detail=detail), FAILED)
        return _refuse(t("error.unexpected_detail", kind=type(error).__name__, detail=detail), FAILED)
    return int(status or FINE)


def _refuse(text: str, status: int, *lines: str) -> int:
    print(text, *lines, sep="\n", file=sys.stderr)
    return status


def _language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The language asked for, by ``--lang`` anywhere or the environment; and the other arguments."""
    language, rest = os.environ.get("DASHBOARD_LANG") or DEFAULT_LANGUAGE, []
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            language = next(words, "")
        elif word.startswith("--lang="):
            language = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return language, rest


# -- help ------------------------------------------------------------------------------------------


def help_text(command: Any, verb: str, t: Translator) -> str:
    """The help of one verb, or of all when `verb` is empty."""
    if not verb:
        verbs = [(name, t(f"command.{name}.help")) for name in command.commands]
        return _page(t("command.about"), f"{PROGRAM} {t('command.verb_first')}", t("command.verbs"), verbs, t)
    usage, options = f"{PROGRAM} {verb}", []
    for param in command.commands[verb].params:
        value = f" {t(f'command.{verb}.value.{param.name}')}" if not _is_flag(param) else ""
        name = value.strip() if param.param_type_name == "argument" else param.opts[0] + value
        usage += f" {name}" if param.required else f" [{name}]"
        repeated = f" {t('command.repeatable')}" if param.multiple else ""
        options.append((name, t(f"command.{verb}.option.{param.name}") + repeated))
    return _page(t(f"command.{verb}.help"), usage, t("command.options"), options, t)


def _is_flag(param: Any) -> bool:
    return bool(getattr(param, "is_flag", False))


def _page(about: str, usage: str, title: str, lines: Sequence[tuple[str, str]], t: Translator) -> str:
    from rich.console import Console  # here and below: a verb that draws nothing does not wait for it
    from rich.table import Table

    console = Console(width=min(Console().width, 100), no_color=True, highlight=False)
    common = [("--lang da|en", t("command.option.lang")), ("--help", t("command.option.help"))]
    with console.capture() as captured:
        console.print(f"{t('command.usage')}: {usage}\n", markup=False, soft_wrap=True)
        console.print(f"{about}\n", markup=False)
        for heading, items in ((title, lines), (t("command.common"), common)):
            if not items:
                continue
            console.print(f"{heading}:", markup=False)
            table = Table.grid(padding=(0, 2), pad_edge=True)
            table.add_column(no_wrap=True)
            table.add_column()
            for name, text in items:
                table.add_row(_plain(name), _plain(text))
            console.print(table)
            console.print()
        console.print(t("command.exit_status"), markup=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _plain(text: str) -> str:
    """Text whose brackets are brackets and not markup."""
    return text.replace("[", "\\[")


# -- errors ----------------------------------------------------------------------------------------


def sentence(error: DashboardError, t: Translator) -> str:
    """One plain sentence, with what would be right where that is known."""
    instead = error.params.get("instead")
    near = tuple(instead) if isinstance(instead, list | tuple) else (instead,) if instead else ()
    words = either([f"»{name}«" if t.language == "da" else f"“{name}”" for name in near], t)
    text = t(error.key, **error.params | {"instead": words})
    return f"{text} {t('error.instead', instead=words)}" if near else text


def either(items: Iterable[str], t: Translator) -> str:
    """``a, b eller c`` or ``a, b or c``."""
    return str(format_list(list(items), style="or", locale=t.locale))


def problem_lines(error: DashboardError, t: Translator) -> Iterator[str]:
    """The problems of refused drafts, a line each, by file and row."""
    if not isinstance(error, InvalidDraftsError):
        return
    problems: Iterable[Problem] = error.problems[:MOST_PROBLEMS]
    for problem in problems:
        yield f"  {problem_text(problem, t)}"
    if len(error.problems) > MOST_PROBLEMS:
        yield "  " + t("command.more_problems", count=len(error.problems) - MOST_PROBLEMS)


def problem_text(problem: Problem, t: Translator) -> str:
    """Where a problem is, and what it is."""
    where = str(problem.params.get("file", ""))
    if problem.row is not None:
        where = f"{where}, " if where else ""
        where += t("command.row", row=str(problem.row))
    words = t(f"problem.{problem.code}", **{"field": problem.field, **problem.params})
    return f"{where}: {words}" if where else words


def _misuse(error: Any, arguments: Sequence[str], command: Any, t: Translator) -> str:
    """What was misused, in our own words; the library's are English."""
    kind, param = type(error).__name__, getattr(error, "param", None)
    verb = next((word for word in arguments if word in command.commands), "")
    help_ = f"{PROGRAM} {verb} --help".replace("  ", " ")
    option = getattr(error, "option_name", "") or (param.opts[0] if param is not None else "")
    if not verb:
        choices = t.list(command.commands)
        return t("command.misuse.verb", given=arguments[0], choices=choices, help=help_)
    if kind == "NoSuchOption":
        return t("command.misuse.option", option=option, help=help_)
    if kind == "MissingParameter" and param is not None:
        name = t(f"command.{verb}.value.{param.name}") if param.param_type_name == "argument" else option
        return t("command.misuse.missing", option=name, help=help_)
    if option:
        return t("command.misuse.value", option=option, help=help_)
    return t("command.misuse.other", help=help_)


# -- progress and accounts -------------------------------------------------------------------------


@contextmanager
def progress(t: Translator) -> Iterator[Callable[[str, int, int], None]]:
    """Tells of each step on standard error: a bar on a terminal, a line elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step, done, total: print(
            t("command.progress", step=t(f"command.step.{step}"), done=done, total=total), file=sys.stderr
        )
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, total: bar.update(
            task, description=t(f"command.step.{step}"), completed=done, total=total
        )


def print_account(loaded: Loaded, t: Translator) -> None:
    """What was read and what became of it, file by file."""
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for name, right in (("file", False), ("read", True), ("loaded", True), ("unchanged", True)):
        table.add_column(t(f"command.account.{name}"), justify="right" if right else "left")

    def add(name: str, file: FileLoaded) -> None:
        table.add_row(_plain(name), t.number(file.read), t.number(file.loaded), t.number(file.unchanged))

    for file in loaded.files:
        add(file.file, file)
    table.add_section()
    add(t("command.account.total"), loaded.total)
    console = Console(highlight=False)
    console.print(table)
    key = "all_unchanged" if loaded.total.loaded == 0 else "all_loaded"
    console.print(t(f"command.account.{key}", read=loaded.total.read), soft_wrap=True)
    for line in kept_lines(loaded.kept, t):
        console.print(line, soft_wrap=True, markup=False)


def kept_lines(kept: Sequence[KeptName], t: Translator) -> Iterator[str]:
    """What a person had changed and the load left alone: a line a kind, and one more for those of which the
    files, too, say something new."""
    for kind in dict.fromkeys(one.kind for one in kept):
        own = [one for one in kept if one.kind == kind]
        words = t(f"command.step.{kind}")
        yield t("command.kept", kind=words[:1].upper() + words[1:], count=len(own), names=_names(own, t))
        if moved := [one for one in own if one.file_changed]:
            yield "  " + t("command.kept_moved", count=len(moved), names=_names(moved, t))


def _names(kept: Sequence[KeptName], t: Translator) -> str:
    """Their names, each once; the first ones of many."""
    names = list(dict.fromkeys(t.text(one.name) for one in kept))
    if len(names) <= MOST_NAMES:
        return t.list(names)
    return t.list([*names[:MOST_NAMES], t("command.kept_more", count=len(names) - MOST_NAMES)])
