#!/usr/bin/env python3
"""Makes the files in this folder from the text below, by the programs that make such files.

Needs: libreoffice-writer-nogui chromium poppler-utils imagemagick img2pdf fonts-liberation

The files are checked in, so that tests need none of these; run it again after changing the text.
"""
import html
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

LETTERHEAD = [("UBND TỈNH BẮC GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
              ("SỞ NGOẠI VỤ", "Độc lập - Tự do - Hạnh phúc"),
              ("Số: 87/BC-SNgV", "Bắc Giang, ngày 12 tháng 12 năm 2023")]
TITLE = ["BÁO CÁO", "Kết quả hợp tác với các địa phương nước ngoài năm 2023"]
HEADS = ["I. CÁC ĐOÀN CẤP CAO", "II. THỎA THUẬN ĐÃ KÝ", "III. KẾ HOẠCH NĂM 2024"]
BODY = [
    ["Ngày 14/3/2023, đoàn đại biểu thành phố Gwangju (Hàn Quốc) do Thị trưởng Kang Gi-jung dẫn đầu đã thăm "
     "tỉnh Bắc Giang. Đoàn làm việc với Ủy ban nhân dân tỉnh Bắc Giang về xúc tiến thương mại, nông nghiệp "
     "công nghệ cao và trao đổi lao động thời vụ giữa hai địa phương.",
     "Từ ngày 5 đến ngày 9/6/2023, đoàn tỉnh Bắc Giang do Chủ tịch UBND tỉnh Lê Ánh Dương làm trưởng đoàn thăm "
     "thành phố Nam Ninh (Trung Quốc) và dự tuần lễ quảng bá vải thiều. Tại đây, đoàn gặp Thị trưởng Nam Ninh "
     "Hầu Cương và thống nhất lập đầu mối liên lạc thường xuyên."],
    ["Ngày 20/9/2023, Sở Ngoại vụ tỉnh Bắc Giang và Văn phòng Ngoại sự thành phố Nam Ninh ký bản ghi nhớ về trao "
     "đổi cán bộ giai đoạn 2024 - 2026.",
     "Các bên chưa ký thỏa thuận về kết nối đường sắt; nội dung này được chuyển sang năm 2024."],
    ["Năm 2024, tỉnh dự kiến đón đoàn thành phố Gwangju vào tháng 5 và cử đoàn sang Nam Ninh vào tháng 9. Kinh phí "
     "do ngân sách tỉnh bảo đảm theo quy định hiện hành về chi tiêu cho công tác đối ngoại của các cơ quan nhà "
     "nước, trên tinh thần tiết kiệm và hiệu quả.",
     "Sở Ngoại vụ trân trọng báo cáo."],
]
TABLE = [("Thời gian", "Địa phương", "Nội dung"),
         ("Tháng 3", "Gwangju (Hàn Quốc)", "Thăm và làm việc"),
         ("Tháng 6", "Nam Ninh (Trung Quốc)", "Tuần lễ vải thiều"),
         ("Tháng 9", "Nam Ninh (Trung Quốc)", "Ký bản ghi nhớ")]
SIGNATURE = [("Nơi nhận:", "GIÁM ĐỐC"), ("- UBND tỉnh;", "(Đã ký)"), ("- Lưu: VT.", "Nguyễn Văn Hoàng")]
# Words that say nothing, so that the report fills more than a page.
FILLER = [f"Công tác {work} được chuẩn bị chu đáo, đúng quy định; các phòng chuyên môn phối hợp nhịp nhàng, bảo đảm "
          f"tiến độ và chất lượng công việc được giao trong suốt {time}. Việc theo dõi, đôn đốc được duy trì {often}, "
          "kịp thời tháo gỡ những khó khăn phát sinh."
          for work, time, often in (("lễ tân", "thời gian qua", "hằng tuần"), ("phiên dịch", "mùa mưa bão", "hằng tháng"),
                                    ("hậu cần", "những ngày cao điểm", "đều đặn"), ("tuyên truyền", "đợt này", "hằng ngày"),
                                    ("lưu trữ", "quá trình ấy", "từng đợt"), ("bảo mật", "chuyến đi", "liên tục"))]


def text():
    lines = [f"{a}\t{b}" for a, b in LETTERHEAD] + [""] + TITLE + [""]
    for number, (head, paragraphs) in enumerate(zip(HEADS, BODY)):
        lines += [head, ""]
        for paragraph in paragraphs:
            lines += [paragraph, ""]
        if number == 0:
            lines += [" | ".join(row) for row in TABLE] + [""]
        if number == 1:
            for paragraph in FILLER:
                lines += [paragraph, ""]
    return "\n".join(lines + [f"{a}\t{b}" for a, b in SIGNATURE]) + "\n"


def columns(rows, bold=False):
    style = ' style="font-weight:bold"' if bold else ""
    cells = "".join("<tr>" + "".join(f'<td width="50%" align="center"{style}>{html.escape(c)}</td>' for c in row)
                    + "</tr>" for row in rows)
    return f'<table width="100%">{cells}</table>'


def page(body_columns=1):
    out = ['<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Báo cáo</title><style>',
           "body{font-family:'Liberation Serif';font-size:13pt}td.b{border:1px solid black;padding:3pt}",
           "p{text-align:justify}", f".body{{column-count:{body_columns}}}</style></head><body>",
           columns(LETTERHEAD, True), f'<p style="text-align:center"><b>{TITLE[0]}</b></p>',
           f'<p style="text-align:center"><b>{TITLE[1]}</b></p><div class="body">']
    for number, (head, paragraphs) in enumerate(zip(HEADS, BODY)):
        out.append(f"<p><b>{head}</b></p>")
        out += [f"<p>{p}</p>" for p in paragraphs]
        if number == 0:
            out.append('<table border="1" style="border-collapse:collapse;width:100%">' + "".join(
                "<tr>" + "".join(f'<td class="b">{c}</td>' for c in row) + "</tr>" for row in TABLE) + "</table>")
        if number == 1:
            out += [f"<p>{p}</p>" for p in FILLER]
    out += ["</div>", columns(SIGNATURE), "</body></html>"]
    return "\n".join(out)


def fodt():
    """A flat ODT with a running head, page numbers and hyphenation."""
    def p(content, style="Text"):
        return f'<text:p text:style-name="{style}">{html.escape(content)}</text:p>'

    def table(name, rows, style):
        width = len(rows[0])
        return (f'<table:table table:name="{name}"><table:table-column table:number-columns-repeated="{width}"/>'
                + "".join("<table:table-row>" + "".join(
                    f'<table:table-cell table:style-name="cell" office:value-type="string">{p(c, style)}</table:table-cell>' for c in row)
                    + "</table:table-row>" for row in rows) + "</table:table>")
    body = [table("head", LETTERHEAD, "Centre"), p(""), p(TITLE[0], "Centre"), p(TITLE[1], "Centre")]
    for number, (head, paragraphs) in enumerate(zip(HEADS, BODY)):
        body.append(p(head, "Head"))
        body += [p(x) for x in paragraphs]
        if number == 0:
            body.append(table("data", TABLE, "Left"))
        if number == 1:
            body += [p(x) for x in FILLER]
    body.append(table("sign", SIGNATURE, "Centre"))
    font = 'fo:font-size="13pt" style:font-name="Liberation Serif" fo:language="vi" fo:country="VN" fo:hyphenate="true"'
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Liberation Serif" svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles><style:style style:name="Text" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:margin-bottom="0.2cm" fo:text-indent="1cm"/><style:text-properties {font}/></style:style>
<style:style style:name="Left" style:family="paragraph"><style:text-properties {font}/></style:style>
<style:style style:name="Head" style:family="paragraph"><style:text-properties {font} fo:font-weight="bold"/></style:style>
<style:style style:name="Centre" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties {font} fo:font-weight="bold"/></style:style></office:styles>
<office:automatic-styles><style:style style:name="cell" style:family="table-cell">
<style:table-cell-properties fo:padding="0.15cm"/></style:style><style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl">
<style:header>{p("Báo cáo hợp tác năm 2023 - Sở Ngoại vụ Bắc Giang", "Left")}</style:header>
<style:footer><text:p text:style-name="Centre">Trang <text:page-number/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{"".join(body)}</office:text></office:body></office:document>'''


def run(*command, **more):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (HERE / "report.txt").write_text(text(), encoding="utf-8")
        (HERE / "report.html").write_text(page(), encoding="utf-8")
        (work / "report.fodt").write_text(fodt(), encoding="utf-8")
        office = ("soffice", f"-env:UserInstallation=file://{work}/profile", "--headless")
        run(*office, "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(work), str(work / "report.fodt"))
        run(*office, "--convert-to", "doc:MS Word 97", "--outdir", str(work), str(work / "report.fodt"))
        for name in ("report.pdf", "report.doc"):
            shutil.copy(work / name, HERE / name)
        for name, count in (("printed", 1), ("two_columns", 2)):
            (work / f"{name}.html").write_text(page(count), encoding="utf-8")
            run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={work}/chromium",
                f"--print-to-pdf={HERE / name}.pdf", str(work / f"{name}.html"))
        run("pdftoppm", "-r", "200", "-mono", "-l", "1", str(work / "report.pdf"), str(work / "scan"))
        image = next(work.glob("scan*.pbm"))
        run("img2pdf", "--imgsize", "200dpix200dpi", str(image), "-o", str(HERE / "scanned.pdf"))


if __name__ == "__main__":
    main()
