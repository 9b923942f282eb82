#!/usr/bin/env python3
"""Writes documents for measuring an import: each about 5 KB, news and reports by turns, of some
hundred Vietnamese places and all foreign cities of the gazetteer, with people, bodies, dates and
agreements in ever other combinations. The same number gives the same documents.

    make_documents.py FOLDER [NUMBER]     (10000 where none is given)
"""
import csv
import pathlib
import random
import sys

LEXICON = pathlib.Path(__file__).resolve().parents[2] / "importers" / "lexicon"
BYTES = 5000

MIDDLE = "Văn Thị Minh Quốc Thanh Đức Hồng Hữu Xuân Ngọc Kim Thu Anh Bảo Gia Hải Khánh Tuấn".split()
GIVEN = ("An Bình Châu Dũng Giang Hà Hạnh Hiếu Hoa Hùng Hương Khoa Lan Linh Long Mai Nam Nga Ngân "
         "Phong Phúc Quân Quang Sơn Tâm Thảo Thắng Trang Trung Tuyết Vinh Yến").split()
SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Đinh Trịnh Lương Phan".split()
OFFICES = ["Sở Ngoại vụ", "Sở Du lịch", "Sở Y tế", "Sở Công Thương", "Sở Giáo dục và Đào tạo",
           "Sở Văn hóa và Thể thao", "Sở Nội vụ", "Sở Xây dựng", "Sở Tài chính"]
FIELDS = ["y tế", "giáo dục", "du lịch", "chuyển đổi số", "nông nghiệp công nghệ cao",
          "quản lý đô thị", "bảo tồn di sản", "xử lý nước thải", "giao thông công cộng"]
FILLER = [
    "Thời gian qua, hoạt động đối ngoại của địa phương được triển khai đồng bộ, thiết thực và đạt "
    "nhiều kết quả trên các lĩnh vực.",
    "Công tác chuẩn bị được tiến hành chu đáo, bảo đảm an toàn, tiết kiệm và đúng quy định hiện hành.",
    "Nhiều ý kiến cho rằng cần tiếp tục nâng cao chất lượng nguồn nhân lực và đẩy mạnh thông tin "
    "tuyên truyền đến người dân, doanh nghiệp.",
    "Các đơn vị liên quan có trách nhiệm theo dõi, đôn đốc và báo cáo kết quả thực hiện theo định kỳ.",
    "Kinh tế của địa phương duy trì đà tăng trưởng khá, môi trường đầu tư tiếp tục được cải thiện.",
]


def rows(table):
    with open(LEXICON / table, encoding="utf-8") as tsv:
        return list(csv.DictReader(tsv, delimiter="\t", quoting=csv.QUOTE_NONE))


def home_cities():
    # A Municipality is "thành phố", a Province "tỉnh".
    return sorted({(row["type_vi"].split()[0] == "tỉnh" and "tỉnh" or "thành phố", row["name"])
                   for row in rows("vietnam.tsv") if row["label"] in ("Municipality", "Province")})


def foreign_cities():
    countries = {row["iso"]: row["name_vi"] for row in rows("countries.tsv")}
    return [(row["name_vi"], countries[row["country"]]) for row in rows("cities.tsv")
            if row["kind"] in ("capital", "city", "municipality") and row["country"] in countries
            and "(" not in row["name_vi"]]


def person(pick):
    return f"{pick.choice(SURNAMES)} {pick.choice(MIDDLE)} {pick.choice(GIVEN)}"


def story(pick, kind, home, city, country, year):
    day, month = pick.randint(1, 28), pick.randint(1, 12)
    chair, office, field = person(pick), pick.choice(OFFICES), pick.choice(FIELDS)
    guest = person(pick)
    return pick.choice([
        f"Ngày {day}/{month}/{year}, Phó Chủ tịch UBND {kind} {home} {chair} đã tiếp đoàn đại biểu "
        f"thành phố {city} ({country}) do ông {guest}, Phó Thị trưởng {city}, làm trưởng đoàn. "
        f"Hai bên trao đổi về hợp tác trong lĩnh vực {field}.",
        f"Chiều {day}/{month}, {office} {kind} {home} và chính quyền thành phố {city} đã ký kết Bản "
        f"ghi nhớ hợp tác về {field} giai đoạn {year}-{year + 5}.",
        f"Từ ngày {day}/{month} đến {day + 2}/{month}/{year}, đoàn đại biểu {kind} {home} do Chủ "
        f"tịch UBND {kind} {chair} dẫn đầu đã thăm và làm việc tại {city}, {country}.",
        f"Giám đốc {office} {home} {chair} cho biết “{kind} {home} và thành phố {city} thiết lập "
        f"quan hệ hữu nghị từ năm {pick.randint(1990, 2015)}”. Dự kiến tháng {month}/{year + 1}, hai "
        f"địa phương sẽ tổ chức hội thảo về {field} tại {city}.",
        f"Tháng {month}/{year}, {office} {kind} {home} phối hợp với Đại sứ quán {country} tại Việt "
        f"Nam tổ chức lớp bồi dưỡng về {field} cho cán bộ của {home}. Ông {guest} dự lễ khai mạc.",
    ])


def document(number, homes, cities):
    pick = random.Random(number)
    kind, home = pick.choice(homes)
    year = pick.randint(2014, 2025)
    partners = [pick.choice(cities) for _ in range(3)]
    dateline = f"ngày {pick.randint(1, 28)} tháng {pick.randint(1, 12)} năm {year}"
    if number % 2:
        lines = [f"ỦY BAN NHÂN DÂN {kind.upper()} {home.upper()} | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                 f"Số: {number}/BC-UBND | {home}, {dateline}", "", "BÁO CÁO",
                 f"Kết quả công tác đối ngoại năm {year}", "", "I. KẾT QUẢ"]
    else:
        lines = [f"{home} mở rộng hợp tác với {partners[0][0]}", f"{home}, {dateline}", ""]
    while len("\n".join(lines).encode()) < BYTES:
        city, country = pick.choice(partners)
        # As dense with facts as corpus/ is.
        lines += [story(pick, kind, home, city, country, year), *pick.sample(FILLER, 3)]
        if number % 2 == 0:
            lines.append("")
    return "\n".join(lines) + "\n"


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    homes, cities = home_cities(), foreign_cities()
    for number in range(int(sys.argv[2]) if len(sys.argv) > 2 else 10000):
        (folder / f"{number:05}.txt").write_text(document(number, homes, cities), encoding="utf-8")


if __name__ == "__main__":
    main()
