"""Files that no converter makes: as Word saves what is being worked on, WordPad, mail, archives."""
import email.message
import email.policy
import sys
import zipfile
from pathlib import Path

text = Path(sys.argv[1]).read_text(encoding="utf-8")
html = Path(sys.argv[2]).read_text(encoding="utf-8")
DAY = (2023, 12, 28, 9, 0, 0)


def pack(path, entries, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type = method
            archive.writestr(info, content)


# -- as Word saves it: tracked changes, notes, merged cells, a text box, numbered lists, a legacy font

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(words, properties=""):
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content, properties=""):
    return f'<w:p>{properties and f"<w:pPr>{properties}</w:pPr>"}{content}</w:p>'


def cell(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells):
    return f'<w:tr>{"".join(cells)}</w:tr>'


def words(*lines):
    return "".join(paragraph(run(line)) for line in lines)


author = 'w:id="1" w:author="Văn thư" w:date="2024-06-05T08:00:00Z"'
box = words("Khung: Chợ Nổi Sông Hậu đón khách")
document = (
    f'{XML}<w:document {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<w:body>"
    "<w:tbl>"
    + row(
        cell(words("UBND THÀNH PHỐ CẦN THƠ", "SỞ NGOẠI VỤ", "Số: 41/BC-SNgV")),
        cell(words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
                   "Cần Thơ, ngày 05 tháng 6 năm 2024")),
    )
    + "</w:tbl>"
    + paragraph(run("BÁO CÁO"), '<w:jc w:val="center"/>')
    + paragraph(run("Kết quả chuyến thăm của thành phố Shantou"), '<w:jc w:val="center"/>')
    + paragraph(run("MỤC LỤC 1"), '<w:pStyle w:val="TOC1"/>')
    + paragraph(run("Tình hình chung"), '<w:pStyle w:val="u1"/>')
    + paragraph(
        run("Ngày ")
        + f'<w:del {author}><w:r><w:delText>2</w:delText></w:r></w:del>'
        + f'<w:ins {author}>{run("4")}</w:ins>'
        + run("/6/2024, UBND thành phố Cần Thơ tiếp đoàn thành phố Shantou (Trung Quốc)")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + run(". ")
        + run("Câu ẩn không ai thấy.", "<w:vanish/>")
        + '<w:r><w:instrText>PAGE 7</w:instrText></w:r>'
        + f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{box}'
          f'</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{box}'
          "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    + paragraph(run("Đoàn thăm chợ nổi"), f'<w:rPr><w:del {author}/></w:rPr>')
    + paragraph(run(" Cái Răng."))
    + f'<w:p><w:moveFrom {author}>{run("Câu đã chuyển đi.")}</w:moveFrom></w:p>'
    + paragraph(run("Sở Du lịch cử cán bộ."), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
    + paragraph(run("Sở Y tế cử bác sĩ."), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
    + paragraph(run("Hai bác sĩ."), '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>')
    + paragraph(run("V¨n phßng UBND", '<w:rFonts w:ascii=".VnTime"/>') + run(" phối hợp."))
    + "<w:tbl>"
    + row(cell(words("Đơn vị")), cell(words("Đối tác")), cell(words("Thời gian")))
    + row(cell(words("Sở Du lịch"), '<w:vMerge w:val="restart"/>'), cell(words("Cục Du lịch Shantou")),
          cell(words("4/6/2024")))
    + row(cell(words(""), "<w:vMerge/>"), cell(words("Hội Lữ hành", "Shantou"), '<w:gridSpan w:val="2"/>'))
    + "</w:tbl>"
    + paragraph(run("Ảnh: chợ nổi buổi sáng"), '<w:pStyle w:val="Caption"/>')
    + "<w:sectPr/></w:body></w:document>"
)
styles = (
    f'{XML}<w:styles {W}><w:style w:styleId="u1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:styleId="Caption"><w:name w:val="caption"/></w:style></w:styles>'
)
numbering = (
    f'{XML}<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
footnotes = (
    f'{XML}<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{words("Shantou: tiếng Việt là Sán Đầu.")}</w:footnote></w:footnotes>'
)
relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
relations = (
    f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="r{i}" Type="{relation}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(
            [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml")])
    )
    + "</Relationships>"
)
pack("word.docx", [
    ("[Content_Types].xml", f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    ("_rels/.rels", f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
     f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="word/document.xml"/></Relationships>'),
    ("word/_rels/document.xml.rels", relations),
    ("word/document.xml", document),
    ("word/styles.xml", styles),
    ("word/numbering.xml", numbering),
    ("word/footnotes.xml", footnotes),
    ("docProps/core.xml", f'{XML}<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Mẫu cũ</dc:title></p>'),
])

# -- as WordPad saves it in windows-1258, tones as marks of their own

TONES = {"\u0300": 0xCC, "\u0301": 0xEC, "\u0303": 0xDE, "\u0309": 0xD2, "\u0323": 0xF2}


def cp1258(line):
    import unicodedata
    out = bytearray()
    for letter in line:
        try:
            out += letter.encode("cp1258")
            continue
        except UnicodeEncodeError:
            pass
        parts = unicodedata.normalize("NFD", letter)
        tone = [c for c in parts if c in TONES]
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
        out += base.encode("cp1258") + bytes(TONES[c] for c in tone)
    return out


def rtf_escape(line):
    return "".join(chr(b) if 0x20 <= b < 0x80 and chr(b) not in "\\{}" else f"\\'{b:02x}" for b in cp1258(line))


body = "\\par\r\n".join(rtf_escape(line) for line in text.split("\n"))
Path("wordpad.rtf").write_bytes(
    ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil\\fcharset163 Times New Roman;}}\r\n"
     "{\\*\\generator Riched20 10.0;}\\viewkind4\\uc1\\pard\\f0\\fs24 " + body + "\\par\r\n}\r\n").encode("ascii"))

# -- mail


def mail(subject):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = subject
    message["From"] = "Sở Ngoại vụ Đà Nẵng <vanphong@example.vn>"
    message["To"] = "ban-doc@example.vn"
    message["Date"] = "Thu, 28 Dec 2023 09:00:00 +0700"
    message["Message-ID"] = "<1@example.vn>"
    return message


subject = "Báo cáo kết quả hợp tác với các địa phương Hàn Quốc năm 2023"
quoted = mail(subject)
quoted.set_content(text, cte="quoted-printable")
Path("quoted.eml").write_bytes(quoted.as_bytes())

both = mail(subject)
both.set_content(text, cte="base64")
both.add_alternative("<html><body><p>Bản HTML không được đọc.</p></body></html>", subtype="html")
Path("alternative.eml").write_bytes(both.as_bytes())

page = mail(subject)
page.set_content(html, subtype="html", cte="base64")
Path("page.eml").write_bytes(page.as_bytes())

attached = mail("Gửi kèm báo cáo")
attached.set_content("Kính gửi quý cơ quan báo cáo năm 2023 kèm theo thư này.\n")
attached.add_attachment(Path("typed.docx").read_bytes(), maintype="application",
                        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
                        filename="báo cáo năm 2023.docx")
attached.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="dau.png")
Path("attached.eml").write_bytes(attached.as_bytes())

old = (b"From: =?windows-1258?Q?S=F2?= <a@example.vn>\r\nDate: Thu, 28 Dec 2023 09:00:00 +0700\r\n"
       b"Message-ID: <2@example.vn>\r\nMIME-Version: 1.0\r\n"
       b"Content-Type: text/plain; charset=windows-1258\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
       + bytes(cp1258(text)).replace(b"\n", b"\r\n"))
Path("windows1258.eml").write_bytes(old)

# -- a page saved in one file

saved = email.message.EmailMessage(policy=email.policy.SMTP)
saved["From"] = "<Saved by Blink>"
saved["Snapshot-Content-Location"] = "https://example.vn/bao-cao-2023"
saved["Subject"] = subject
saved["Date"] = "Sat, 6 Jan 2024 10:00:00 -0000"
saved.set_content(html, subtype="html", cte="quoted-printable")
saved.make_related()
saved.add_related(b"p { margin: 0 }", maintype="text", subtype="css", cte="quoted-printable")
Path("page.mhtml").write_bytes(saved.as_bytes())

# -- archives

pack("archive.zip", [
    ("2023/báo cáo.txt", text),
    ("2023/word.docx", Path("word.docx").read_bytes()),
    ("__MACOSX/2023/._word.docx", b"\0\5"),
    ("dau.png", b"\x89PNG"),
    ("hong.docx", b"PK\3\4 cut off"),
])
pack("inner.zip", [("trong.txt", text)], zipfile.ZIP_STORED)
pack("nested.zip", [("inner.zip", Path("inner.zip").read_bytes())])
Path("inner.zip").unlink()
name = cp1258("Báo cáo đối ngoại.txt")
pack("codepage.zip", [("x" * len(name), text)])
archive = Path("codepage.zip").read_bytes()
Path("codepage.zip").write_bytes(archive.replace(b"x" * len(name), bytes(name)))
