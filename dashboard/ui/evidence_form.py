"""The documents of a value or a record: attached when it is entered, listed where it is looked at (F52, F58).

A file is kept as soon as it has arrived, so that a closed tab does not lose it; that it belongs to a value
is written with the value. Files are only ever handed out to be saved, under a type that no browser opens.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from html import escape

import streamlit as st

from dashboard.config import Settings
from dashboard.domain.evidence import Document, check_document
from dashboard.domain.problem import Problem
from dashboard.errors import StoreError
from dashboard.intake.attachment import KINDS, LARGEST, file_kind, plain_name
from dashboard.store import queries
from dashboard.store.engine import reading
from dashboard.store.files import file_path, keep_file, read_file
from dashboard.store.queries.evidence import Attached
from dashboard.ui import cached, markup, value_markup
from dashboard.ui.session import Visit

KeyOf = Callable[[str], str]
"""The key of a field of the form by its name; what is under it is kept with the form."""

_DOCUMENTS, _TITLE, _ADDRESS, _ARCHIVE, _COPY = (
    "documents", "document_title", "document_address", "document_archive", "document_copy",
)  # fmt: skip
_SAVED_AS = "application/octet-stream"


def documents(key_of: KeyOf) -> list[Document]:
    """The documents that were added to the form so far."""
    return [Document(**one) for one in st.session_state.get(key_of(_DOCUMENTS), [])]


def pending(key_of: KeyOf) -> bool:
    """Whether a link was typed and not added: it would be lost."""
    return any(str(st.session_state.get(key_of(name)) or "").strip() for name in (_TITLE, _ADDRESS, _ARCHIVE))


def fields(key_of: KeyOf, keep: Callable[[], None], visit: Visit) -> None:
    """What was added, a field for files and the fields of a link, folded away until there is any."""
    t, count = visit.t, len(documents(key_of))
    with st.expander(
        t("document.title", count=count) if count else t("document.nothing_yet"), expanded=bool(count)
    ):
        inputs(key_of, keep, visit)


def inputs(key_of: KeyOf, keep: Callable[[], None], visit: Visit) -> None:
    """The same without a fold of its own."""
    t, added = visit.t, documents(key_of)
    for position, one in enumerate(added):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(_line(one, visit))
            st.button(
                t("document.remove"), key=key_of(f"remove {position}") + "/remove",
                on_click=_remove, args=(position, key_of, keep), type="tertiary",
            )  # fmt: skip
    _files(key_of, keep, visit)
    st.text_input(t("document.address"), key=key_of(_ADDRESS), on_change=keep)
    st.text_input(t("document.name"), key=key_of(_TITLE), on_change=keep)
    st.text_input(
        t("document.archived_address"), key=key_of(_ARCHIVE), on_change=keep,
        help=t("document.why_archive"),
    )  # fmt: skip
    files = [one.file_name for one in added if one.content_digest and not one.address]
    if files:
        st.selectbox(
            t("document.copy"), ["", *files], key=key_of(_COPY), on_change=keep,
            format_func=lambda name: name or t("document.no_copy"),
        )  # fmt: skip
    st.button(t("document.add"), on_click=_add, args=(key_of, keep), disabled=not pending(key_of))
    for problem in st.session_state.pop("document_problems", []):
        st.error(t(f"problem.{problem.code}", **problem.params))


def _files(key_of: KeyOf, keep: Callable[[], None], visit: Visit) -> None:
    t = visit.t
    most = LARGEST // 1024**2
    name = f"files {st.session_state.get('document_round', 0)} {key_of('')}/upload"
    with st.container(key="document-files"):
        st.html(_own_words(visit))
        # Neither kinds nor size are told to the field: it would refuse in English, and less strictly.
        st.file_uploader(
            t("document.files", most=most), accept_multiple_files=True, key=name,
            on_change=partial(_uploaded, name, key_of, keep),
        )  # fmt: skip
    st.html(markup.paragraph(t("document.kinds", kinds=", ".join(KINDS)), "small"))


def _own_words(visit: Visit) -> str:
    """The words inside the field for files, which Streamlit has in English only."""
    words = {
        "stFileUploaderDropzone'] button [data-testid='stMarkdownContainer'] p": visit.t("document.browse"),
        "stFileUploaderDropzoneInstructions'] span": visit.t("document.drop"),
    }
    rules = ""
    for selector, text in words.items():
        inside = f".st-key-document-files [data-testid='{selector}"
        said = json.dumps(text, ensure_ascii=False)
        rules += f"{inside}{{font-size:0}}{inside}::after{{content:{said};font-size:.875rem}}"
    return f"<style>{rules}</style>"


def _uploaded(name: str, key_of: KeyOf, keep: Callable[[], None]) -> None:
    """Keep each file that has arrived; what cannot be kept is told, file by file."""
    problems: list[Problem] = []
    added = list(st.session_state.get(key_of(_DOCUMENTS), []))
    for file in st.session_state.get(name) or []:
        called, content = plain_name(file.name), file.getvalue()
        kind = file_kind(called, content)
        if isinstance(kind, Problem):
            problems.append(kind)
            continue
        try:
            digest = keep_file(Settings.from_env().files, content)
        except StoreError as error:
            problems.append(Problem("file_not_kept", "file_name", params={"given": called, **error.params}))
            continue
        title = called.rpartition(".")[0] or called
        one = asdict(Document(title, content_digest=digest, file_name=called, mime=kind, size=len(content)))
        if one not in added:
            added.append(one)
    st.session_state[key_of(_DOCUMENTS)] = added
    st.session_state["document_problems"] = problems
    st.session_state["document_round"] = st.session_state.get("document_round", 0) + 1
    keep()


def _add(key_of: KeyOf, keep: Callable[[], None]) -> None:
    """Add the link that was typed, with the copy that was chosen for it."""
    title, address, archive = (
        str(st.session_state.get(key_of(name)) or "").strip() for name in (_TITLE, _ADDRESS, _ARCHIVE)
    )
    added = list(st.session_state.get(key_of(_DOCUMENTS), []))
    chosen = st.session_state.get(key_of(_COPY)) or ""
    copy = next((one for one in added if one["file_name"] == chosen and not one["address"]), None)
    made = Document(title or address, address, archive)
    if copy is not None:
        filed = {name: copy[name] for name in ("content_digest", "file_name", "mime", "size")}
        made = Document(title or address, address, archive, **filed)
    problems = check_document(made)
    st.session_state["document_problems"] = problems
    if problems:
        return
    rest = [one for one in added if one is not copy and one != asdict(made)]
    st.session_state[key_of(_DOCUMENTS)] = [*rest, asdict(made)]
    for name in (_TITLE, _ADDRESS, _ARCHIVE, _COPY):
        st.session_state[key_of(name)] = ""
    keep()


def _remove(position: int, key_of: KeyOf, keep: Callable[[], None]) -> None:
    added = list(st.session_state.get(key_of(_DOCUMENTS), []))
    st.session_state[key_of(_DOCUMENTS)] = added[:position] + added[position + 1 :]
    keep()


# -- shown -----------------------------------------------------------------------------------------


def attached(visit: Visit, observation_id: int) -> tuple[Attached, ...]:
    """The documents of a value, in all versions of it that the person may see."""
    with reading(cached.engine()) as connection:
        return queries.load_documents(connection, visit.actor, observation_id)


def listed(visit: Visit, observation_id: int) -> int:
    """Show them: links, archived copies, and a button for each file; how many there are.

    For the review, the history and the entry.
    """
    found = attached(visit, observation_id)
    for position, one in enumerate(found):
        handed_out(one.document, one.actor, one.recorded_at, f"{observation_id}-{position}", visit)
    return len(found)


def handed_out(
    document: Document, actor: str, moment: datetime | None, key: str, visit: Visit, *notes: str
) -> None:
    """One document, what else is to be said of it, who attached it and when, and a button for its file;
    `key` is its own on the page."""
    t = visit.t
    when = t.moment(moment) if moment else ""
    st.html(
        _line(document, visit, *notes, t("document.by", actor=value_markup.person(actor, visit), moment=when))
    )
    if not document.content_digest:
        return
    folder = Settings.from_env().files
    if not file_path(folder, document.content_digest).exists():
        st.warning(t("document.gone", name=document.file_name))
        return
    st.download_button(
        t("document.save", name=document.file_name), partial(read_file, folder, document.content_digest),
        file_name=document.file_name, mime=_SAVED_AS, on_click="ignore", key=f"document-{key}",
    )  # fmt: skip


def _line(document: Document, visit: Visit, *more: str) -> str:
    """One document in a paragraph: its title, its page, its archived copy, its file, and what `more` says."""
    t = visit.t
    parts = [f"<strong>{escape(document.title)}</strong>"] if document.title != document.address else []
    parts += [markup.with_links(document.address)] if document.address else []
    if document.archived_address:
        parts.append(f"{escape(t('document.archived'))}: {markup.with_links(document.archived_address)}")
    if document.file_name:
        words = "document.copy_file" if document.address else "document.file"
        parts.append(escape(t(words, name=document.file_name, size=_size(document.size or 0, visit))))
    if document.address and not document.archived:
        parts.append(f"<em>{escape(t('document.not_archived'))}</em>")
    parts += [escape(words) for words in more if words]
    return f'<p style="overflow-wrap:anywhere">{"<br>".join(parts)}</p>'


def _size(size: int, visit: Visit) -> str:
    if size < 1024**2:
        return f"{visit.t.number(max(1, round(size / 1024)))} kB"
    return f"{visit.t.number(round(size / 1024**2, 1))} MB"


def problems_of(key_of: KeyOf) -> Sequence[Problem]:
    """What stops a saving: a link that was typed and not added."""
    return [Problem("document_not_added", "address")] if pending(key_of) else []
