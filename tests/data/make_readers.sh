#!/usr/bin/env bash
# Makes the files of tests/data/readers from bao-cao.md there, corpus/ and the words below:
#   apt-get install libreoffice-writer-nogui pandoc python3
# The tests need only what it made, which is checked in.
set -euo pipefail
cd "$(dirname "$0")/readers"
corpus=../../../corpus
text=$corpus/02-bao-cao-da-nang-2023.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
office() { soffice "-env:UserInstallation=file://$work/profile" --headless "$@" >/dev/null 2>&1; }

for format in docx odt rtf; do
  pandoc --standalone bao-cao.md -o "pandoc.$format"
done
pandoc --standalone --metadata title='Báo cáo' bao-cao.md -o "$work/pandoc.html"
# LibreOffice from Word's format, with its tables, lists and notes, and from the plain text.
cp pandoc.docx "$work/libreoffice.docx"
cp "$text" "$work/typed.txt"
office --convert-to odt --outdir "$work/odt" "$work/libreoffice.docx"
office --convert-to docx --outdir . "$work/odt/libreoffice.odt"
office --convert-to rtf --outdir . "$work/odt/libreoffice.odt"
cp "$work/odt/libreoffice.odt" .
office --convert-to odt --infilter='Text (encoded):UTF8' --outdir "$work/typed" "$work/typed.txt"
for format in docx rtf; do office --convert-to $format --outdir . "$work/typed/typed.odt"; done
cp "$work/typed/typed.odt" .
python3 ../make_readers.py "$text" "$work/pandoc.html"
