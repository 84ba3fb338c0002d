"""The parts of the import page: choose a file, see how it is read and what it would do, and do it.

Nothing is written before the button is pressed, and then exactly what was shown, in one batch.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from dashboard.domain.catalogue import Frequency, Indicator
from dashboard.domain.period import Period
from dashboard.errors import DashboardError, InvalidDraftsError, InvalidFileError
from dashboard.i18n import Translator
from dashboard.importing import Imported, commit, load_known, preview
from dashboard.intake.column_mapping import KINDS, Mapping
from dashboard.intake.known import Known
from dashboard.intake.period_choices import choices as periods_of
from dashboard.intake.preview import Preview
from dashboard.intake.problem_sheet import problem_words
from dashboard.intake.table_file import LIMITS, TableFile, read_table
from dashboard.intake.template import activities_template, figures_template
from dashboard.store.engine import reading
from dashboard.ui import address, cached, deciding, frame, import_preview, markup
from dashboard.ui.deciding import EDGE
from dashboard.ui.import_mapping import Choices, mapping_of, sentence
from dashboard.ui.session import Visit

LONG_WORK = 5_000
"""From so many rows on a bar shows how far it has come."""
OFFERED = 4
_REGISTER = "activities"
_OPEN, _SHOWN, _DONE, _ROUND = "import_open", "import_shown", "import_done", "import_round"


def said(visit: Visit) -> None:
    """What the last import did, said once, with the way to look at it and undo it."""
    done: Imported | None = st.session_state.pop(_DONE, None)
    if done is None:
        return
    t = visit.t
    if done.batch is None:
        st.info(t("import.nothing_new", count=done.unchanged))
        return
    st.success(t("import_file.done", new=done.new, changed=done.changed))
    st.html(
        frame.go("review", t("import_file.see"), view="batches", batch=str(done.batch))
        + markup.paragraph(t("import_file.undo_help"), "small")
    )


def asked() -> str:
    """Which sort of file the address asks for; "" where the file itself shall tell."""
    return address.one_of("kind", ("", *KINDS), "")


def importing(visit: Visit) -> None:
    """The whole of it; without a file the templates, which show what a file looks like."""
    t = visit.t
    if not deciding.possible(visit):
        return
    most = int(st.get_option("server.maxUploadSize"))
    wanted = asked()
    st.html(frame.paragraph(t("import_file.lead_activities" if wanted == _REGISTER else "import_file.lead")))
    if wanted == _REGISTER:
        ways = [
            frame.anchor("activities", t("activities.back")),
            frame.anchor("import", t("import_file.figures_instead")),
        ]
        st.html(markup.links(ways, beside=True))
    st.html(_own_words(t, most))
    uploaded = st.file_uploader(
        t("import_file.choose", most=most), key=f"import-file-{st.session_state.get(_ROUND, 0)}"
    )
    st.html(markup.paragraph(t("import_file.limits", most=most, rows=LIMITS.rows), "small"))
    if uploaded is None:
        _forget()
        _templates(wanted, visit)
        return
    try:
        file = _opened(uploaded, t)
    except InvalidFileError as error:
        st.error(sentence(error, t))
        return
    with reading(cached.engine()) as connection:
        known = load_known(connection)
    choices = Choices(visit, file, known, uploaded.file_id)
    if wanted:  # what the address asks for stands until a person chooses otherwise
        st.session_state.setdefault(choices.key("kind"), wanted)
    st.header(t("import_file.how_read"), anchor=False)
    mapping = mapping_of(choices)
    if mapping is None:
        return
    st.header(t("import_file.what_happens"), anchor=False)
    shown = _previewed(file, mapping, known, visit)
    wrong = {problem.row for problem in shown.errors}
    leave_out = choices.key("leave_out", file.digest)
    if wrong and st.session_state.get(leave_out):
        shown = shown.without_problem_rows()
    import_preview.draw(shown, choices)
    st.header(t("import_file.confirm"), anchor=False)
    if wrong:
        st.checkbox(t("import_file.leave_out", count=len(wrong)), key=leave_out)
    _confirm(shown, choices)


def _own_words(t: Translator, most: int) -> str:
    """The words inside the field for files, which Streamlit has in English only."""
    words = {
        "Dropzone'] button [data-testid='stMarkdownContainer'] p": "browse",
        "DropzoneInstructions'] span": "drop",
    }
    rules = "".join(
        f"[data-testid='stFileUploader{selector}{{font-size:0!important}}"
        f"[data-testid='stFileUploader{selector}::after{{font-size:1rem;content:{_quoted(t, name, most)}}}"
        for selector, name in words.items()
    )
    rules += (  # Streamlit says it to screen readers only
        "[data-testid='stFileUploader']:has([role='alert'])::after"
        f"{{display:block;margin-top:0.5rem;font-weight:600;content:{_quoted(t, 'refused', most)}}}"
    )
    return f"<style>{rules}</style>"


def _quoted(t: Translator, name: str, most: int) -> str:
    """Words as a text of a style sheet that stands inside a document."""
    words = t(f"import_file.field.{name}", most=most)
    return '"' + escape(words.replace("\\", "").replace('"', "").replace("\n", " "), quote=False) + '"'


def _opened(uploaded: Any, t: Translator) -> TableFile:
    """The tables of the file, read once."""
    kept = st.session_state.get(_OPEN)
    if kept is not None and kept[0] == uploaded.file_id:
        return kept[1]  # type: ignore[no-any-return]
    _forget()
    with st.spinner(t("import_file.opening", file=uploaded.name)):
        file = read_table(uploaded.getvalue(), uploaded.name)
    st.session_state[_OPEN] = (uploaded.file_id, file)
    return file


def _forget() -> None:
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(_SHOWN, None)


def _previewed(file: TableFile, mapping: Mapping, known: Known, visit: Visit) -> Preview:
    """The preview of this mapping against the store as it stands, made once."""
    key = (file.digest, mapping, visit.stamp.revision, visit.stamp.today, visit.t.language)
    kept = st.session_state.get(_SHOWN)
    if kept is not None and kept[0] == key:
        return kept[1]  # type: ignore[no-any-return]
    with _Bar(visit.t) as told, reading(cached.engine()) as connection:
        shown = preview(connection, file, mapping, known, visit.t, told, visit.stamp.day)
    st.session_state[_SHOWN] = (key, shown)
    return shown


class _Bar:
    """A bar while something takes long: it comes with the first word of long work and goes at the end."""

    def __init__(self, t: Translator) -> None:
        self._t = t
        self._place = st.empty()

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self._told

    def __exit__(self, *_: object) -> None:
        self._place.empty()

    def _told(self, step: str, done: int, total: int) -> None:
        if total >= LONG_WORK:
            t = self._t
            words = t("import_file.progress", step=t(f"command.step.{step}"), done=done, total=total)
            self._place.progress(min(done / total, 1.0), words)


def _confirm(shown: Preview, choices: Choices) -> None:
    """The name of the batch, why, and the button that writes what stands above."""
    t = choices.t
    if shown.errors:
        st.html(markup.paragraph(t("import_file.mend")))
        return
    if not shown.drafts:
        st.info(t("import_file.changes_nothing"))
        return
    title = str(
        st.text_input(
            t("import_file.title"), value=shown.file.name, max_chars=200, key=choices.key("title_of_batch")
        )
        or ""
    )
    label = t("import_file.reason_warnings" if shown.warnings else "import_file.reason")
    reason = str(st.text_input(label, key=choices.key("reason")) or "")
    st.html(markup.paragraph(t("import_file.reason_help"), "small"))
    unanswered = bool(shown.warnings) and not reason.strip()
    if unanswered:
        st.html(markup.paragraph(t("import_file.answer_warnings", count=len(shown.warnings)), "small"))
    what = "activities" if shown.mapping.kind == _REGISTER else "values"
    if st.button(
        t(f"import_file.write_{what}", count=len(shown.drafts)), type="primary", disabled=unanswered,
        key=choices.key("write"),
    ):  # fmt: skip
        _write(shown, title, reason, choices.visit)
    st.html(markup.paragraph(t("import_file.submitted_help"), "small"))


def _write(shown: Preview, title: str, reason: str, visit: Visit) -> None:
    t = visit.t
    try:
        with _Bar(t) as told:
            done = commit(
                cached.engine(), visit.actor, EDGE, shown, title=title, reason=reason, on_progress=told
            )
    except InvalidDraftsError as error:
        for words in dict.fromkeys(problem_words(problem, t) for problem in error.problems[:20]):
            st.error(words)
        return
    except DashboardError as error:
        st.error(t(error.key, **error.params))
        return
    _forget()
    st.session_state[_DONE] = done
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


# -- templates -------------------------------------------------------------------------------------


def _templates(wanted: str, visit: Visit) -> None:
    """Workbooks to fill in: the figures of one benefit, and the register of activities."""
    t = visit.t
    st.header(t("import_file.templates"), anchor=False)
    st.html(markup.paragraph(t("import_file.templates_help")))
    if wanted == _REGISTER:
        _activities_button(visit)
        return
    typed = [i for i in visit.world.catalogue.indicators if i.rollup is None and not i.retired]
    claims = {c.id: c for c in visit.world.catalogue.claims if any(c.id in i.claims for i in typed)}
    if not claims:
        st.html(markup.paragraph(t("import_file.no_templates"), "none"))
        return
    chosen = st.selectbox(
        t("import_file.template_of"), list(claims), key="import-template",
        format_func=lambda id: f"{claims[id].number}. {t.text(claims[id].name)}",
    )  # fmt: skip
    indicators = [i for i in typed if chosen in i.claims]
    with st.container(horizontal=True):
        st.download_button(
            t("import_file.template_figures", count=len(indicators)),
            partial(_figures, indicators, visit), on_click="ignore", key="import-template-figures",
            file_name=t("import_file.template_figures_name", claim=str(chosen)),
        )  # fmt: skip
        _activities_button(visit)


def _activities_button(visit: Visit) -> None:
    t = visit.t
    st.download_button(
        t("import_file.template_activities"), partial(_activities, visit), on_click="ignore",
        file_name=t("import_file.template_activities_name"), key="import-template-activities",
    )  # fmt: skip


def _figures(indicators: list[Indicator], visit: Visit) -> bytes:
    """The template of some indicators, with the latest periods of their most common rhythm as rows."""
    rhythms = [indicator.frequency for indicator in indicators]
    rhythm: Frequency = max(rhythms, key=rhythms.count)
    periods: list[Period] = periods_of(rhythm, visit.stamp.day)[:OFFERED]
    with reading(cached.engine()) as connection:
        known = load_known(connection)
    return figures_template(indicators, periods[::-1], known, visit.t, visit.world.currency)


def _activities(visit: Visit) -> bytes:
    with reading(cached.engine()) as connection:
        return activities_template(load_known(connection), visit.t)
