#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia::importers;
using Texts = std::vector<std::string>;

TEST_CASE("a letter's head is its offices, number and dateline, never the mottoes", "[reader]") {
  const auto document =
      read_document("bao-cao.txt",
                    "Xuất bản thông tin\n"
                    "UBND TỈNH ĐỒNG THÁP SỞ NGOẠI VỤ\n"
                    "| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc | |\n"
                    "| Số: 31/BC-SNgV | Đồng Tháp, ngày 02 tháng 11 năm 2023 |\n"
                    "| |\n"
                    "BÁO CÁO\n"
                    "Kết quả hợp tác với tỉnh Prey Veng năm 2023\n"
                    "I. TÌNH HÌNH\n"
                    "Trong năm, tỉnh đón bốn đoàn của tỉnh Prey Veng sang thăm và làm việc.\n");
  CHECK(fault_of(document).empty());
  CHECK(texts(document, BlockKind::Letterhead) == Texts{"UBND TỈNH ĐỒNG THÁP SỞ NGOẠI VỤ",
                                                        "Số: 31/BC-SNgV",
                                                        "Đồng Tháp, ngày 02 tháng 11 năm 2023"});
  CHECK_FALSE(is_read(document, "CỘNG HÒA"));
  CHECK_FALSE(is_read(document, "Xuất bản"));
  CHECK(document.title == "BÁO CÁO Kết quả hợp tác với tỉnh Prey Veng năm 2023");
  CHECK(document.genre == "report");
  CHECK(document.published == "2023-11-02");
  CHECK(document.source == "UBND TỈNH ĐỒNG THÁP SỞ NGOẠI VỤ");
}

TEST_CASE("a dateline whose day was left open still tells the year", "[reader]") {
  const auto document =
      read_document("bao-cao.txt",
                    "SỞ NGOẠI VỤ\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày tháng năm 2021\n"
                    "BÁO CÁO\nTổng kết công tác năm\nI. CHUNG\n");
  CHECK(document.published == "2021");
}

TEST_CASE("an official letter is titled by its subject", "[reader]") {
  const auto document =
      read_document("cong-van.txt",
                    "UBND TỈNH NGHỆ AN\nSỞ NGOẠI VỤ\n-------\n"
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n"
                    "Số: 512/SNgV-HTQT\nV/v đón đoàn tỉnh Xiêng Khoảng (Lào)\n"
                    "Nghệ An, ngày 09 tháng 8 năm 2023\n\n"
                    "Kính gửi:\n- Sở Y tế;\n- UBND thành phố Vinh.\n\n"
                    "Sở Ngoại vụ thông báo đoàn tỉnh Xiêng Khoảng sẽ thăm tỉnh từ ngày 15/8/2023.\n"
                    "Trân trọng./.\n\n"
                    "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"
                    "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nPhan Trọng Nghĩa\n");
  CHECK(fault_of(document).empty());
  CHECK(document.title == "V/v đón đoàn tỉnh Xiêng Khoảng (Lào)");
  CHECK(document.published == "2023-08-09");
  CHECK(texts(document, BlockKind::Addressees) == Texts{"Kính gửi:", "- Sở Y tế;",
                                                        "- UBND thành phố Vinh.",
                                                        "Nơi nhận:", "- Như trên;", "- Lưu: VT."});
  CHECK(texts(document, BlockKind::Signature) ==
        Texts{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Phan Trọng Nghĩa"});
}

TEST_CASE("addressees and signature side by side are told apart by their column", "[reader]") {
  const auto document = read_document(
      "ke-hoach.txt",
      "UBND THÀNH PHỐ VINH\nSố: 7/KH-UBND\nKẾ HOẠCH\nĐón đoàn tỉnh Hủa Phăn\n"
      "I. NỘI DUNG\nĐón và làm việc với đoàn tại trụ sở Ủy ban nhân dân thành phố./.\n"
      "Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n- Sở Ngoại vụ; | CHỦ TỊCH\n- Lưu: VT. | Trần Quốc An\n");
  CHECK(document.genre == "plan");
  CHECK(texts(document, BlockKind::Addressees) ==
        Texts{"Nơi nhận:", "- Sở Ngoại vụ;", "- Lưu: VT."});
  CHECK(texts(document, BlockKind::Signature) ==
        Texts{"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Quốc An"});
  CHECK(fault_of(document).empty());
}

TEST_CASE("rows of one table share it and know their cells, blank ones too", "[reader]") {
  const auto document =
      read_document("bang.txt",
                    "KẾT QUẢ HỢP TÁC NĂM 2024\n"
                    "TT | Đơn vị | Đối tác | Thời gian\n"
                    "1 | Sở Y tế | | 22/5/2024 |\n"
                    "Ghi chú: số liệu tính đến hết tháng 10 năm 2024 theo báo cáo của các sở.\n"
                    "STT\tTên đoàn\tNgày\n1\tĐoàn Jeju\t3/6/2024\n");
  Texts rows = texts(document, BlockKind::TableRow);
  REQUIRE(rows.size() == 4);
  CHECK(rows[1] == "1 | Sở Y tế | | 22/5/2024");
  std::vector<Block> blocks;
  for (const auto& block : document.blocks) {
    if (block.kind == BlockKind::TableRow) blocks.push_back(block);
  }
  REQUIRE(blocks[1].cells.size() == 4);
  CHECK(blocks[1].cells[1].of(document.text) == "Sở Y tế");
  CHECK(blocks[1].cells[2].empty());
  CHECK(blocks[0].table == blocks[1].table);
  CHECK(blocks[2].table == blocks[3].table);
  CHECK(blocks[1].table != blocks[2].table);
  CHECK(blocks[3].cells[1].of(document.text) == "Đoàn Jeju");
  CHECK(fault_of(document).empty());
}

TEST_CASE("numbers, capitals and dashes make headings and items of a level", "[reader]") {
  const auto document = read_document(
      "muc.txt",
      "BÁO CÁO\nCông tác đối ngoại quý I\nI. KẾT QUẢ\n1. Đoàn ra\n"
      "a) Đoàn thành phố thăm Gwangju từ ngày 3/3/2024.\n6.1. Nội dung khác\n"
      "- Cử cán bộ dự lớp tập huấn:\n+ Tại Seoul, ba người.\n"
      "2.265 triệu USD là vốn đăng ký mới trong quý, tăng so với cùng kỳ năm trước.\n");
  std::vector<std::pair<BlockKind, int>> seen;
  for (const auto& block : document.blocks) seen.emplace_back(block.kind, block.level);
  using K = BlockKind;
  CHECK(seen == std::vector<std::pair<BlockKind, int>>{{K::Title, 0},
                                                       {K::Title, 0},
                                                       {K::Heading, 1},
                                                       {K::Heading, 2},
                                                       {K::ListItem, 1},
                                                       {K::Heading, 3},
                                                       {K::ListItem, 1},
                                                       {K::ListItem, 2},
                                                       {K::Paragraph, 0}});
}

TEST_CASE("a sentence broken at the end of a line is one block", "[reader]") {
  const auto document = read_document(
      "anh.txt",
      "BÁO CÁO\nCông tác năm\nI. CHUNG\nTrong năm, hai bên đã tổ chức nhiều hoạt động chung.\n"
      "Một số hình ảnh hoạt động\n"
      "Ký kết kế hoạch hợp tác năm 2025 giữa Bảo tàng Quảng Ninh\nvà Bảo tàng Quế Lâm\n"
      "Lãnh đạo tỉnh trao quà lưu niệm cho đoàn đại biểu của\nTrường Đại học Quế Lâm.\n"
      "Đoàn cán bộ trẻ thăm xưởng gốm của một làng nghề ở thành phố\nIcheon (Hàn Quốc)\n");
  CHECK(texts(document, BlockKind::Caption) ==
        Texts{"Ký kết kế hoạch hợp tác năm 2025 giữa Bảo tàng Quảng Ninh\nvà Bảo tàng Quế Lâm",
              "Lãnh đạo tỉnh trao quà lưu niệm cho đoàn đại biểu của\nTrường Đại học Quế Lâm.",
              "Đoàn cán bộ trẻ thăm xưởng gốm của một làng nghề ở thành phố\nIcheon (Hàn Quốc)"});
}

TEST_CASE("a text wrapped at a width is read in paragraphs", "[reader]") {
  const auto document =
      read_document("quan.txt",
                    "THÀNH ỦY ĐÀ NẴNG                     ĐẢNG CỘNG SẢN VIỆT NAM\n"
                    "BAN DÂN VẬN\n"
                    "*                                    Đà Nẵng, ngày 03 tháng 6 năm 2022\n"
                    "Số 88-BC/BDV\n\nBÁO CÁO\nkết quả đối ngoại nhân dân\n-----\n\n"
                    "I- CÔNG TÁC ĐOÀN RA\n\n"
                    "Trong tháng 4, Liên hiệp các tổ chức hữu nghị cử đoàn gồm 6\n"
                    "người sang thăm thành phố Savannakhet. Đoàn đã làm việc với Sở\n"
                    "Giáo dục Savannakhet và Trường Hữu nghị về việc tiếp nhận\n"
                    "20 học sinh Lào. Hai bên nhất trí sẽ ký biên bản ghi nhớ\n"
                    "trong quý III.\n\n"
                    "1- Ngày 12/5/2022, Hội Hữu nghị Việt - Nga tiếp đoàn cựu\n"
                    "chuyên gia thành phố Yaroslavl.\n\n"
                    "T/M BAN DÂN VẬN\n(đã ký)\nTrịnh Thu Sương\n");
  CHECK(fault_of(document).empty());
  const auto paragraphs = texts(document, BlockKind::Paragraph);
  REQUIRE(paragraphs.size() == 1);
  CHECK(paragraphs[0].ends_with("trong quý III."));
  CHECK(document.published == "2022-06-03");
  CHECK_FALSE(is_read(document, "ĐẢNG CỘNG SẢN"));
  CHECK(is_read(document, "THÀNH ỦY ĐÀ NẴNG"));
  CHECK(texts(document, BlockKind::Signature) ==
        Texts{"T/M BAN DÂN VẬN", "(đã ký)", "Trịnh Thu Sương"});
}

TEST_CASE("of a pasted page only the story is read", "[reader]") {
  const auto document = read_document(
      "dan.txt",
      "Thứ Năm, 21/11/2024\nĐăng nhập\nTrang chủ\nBất động sản Vân Đồn\nTrang chủ › Thời sự › Đối "
      "ngoại\n"
      "Thái Nguyên và Nam Ninh ký kết hợp tác đào tạo nghề\n18/11/2024, 16:05\nNgô Hải\n"
      "(TNO) Trường Cao đẳng Thái Nguyên và Học viện Nam Ninh ngày 17/11 ký thỏa thuận đào tạo "
      "nghề.\n"
      "Tin liên quan\nCao Bằng mở lại chợ biên giới\nLạng Sơn: kim ngạch tăng 12%\n"
      "Theo thỏa thuận, mỗi năm hai bên trao đổi 40 sinh viên và 6 giảng viên.\n"
      "Dự kiến khóa đầu tiên khai giảng tháng 9/2025 tại Nam Ninh, Quảng Tây.\nNgô Hải\nChia "
      "sẻ\nBình luận\nMinh Đức\n"
      "Hay quá, mong có thêm lớp ở Liễu Châu!\nĐọc nhiều nhất\nBắc Kạn công bố quyết định sáp nhập "
      "xã\n"
      "Tổng biên tập: Hà Đức Anh\n");
  CHECK(fault_of(document).empty());
  CHECK(document.title == "Thái Nguyên và Nam Ninh ký kết hợp tác đào tạo nghề");
  CHECK(document.published == "2024-11-18");  // not the day it was looked at
  CHECK(document.source == "TNO");
  for (const auto* other : {"Vân Đồn", "Cao Bằng", "Lạng Sơn", "Liễu Châu", "Minh Đức", "Bắc Kạn",
                            "Hà Đức Anh", "Ngô Hải", "TNO"}) {
    INFO(other);
    CHECK_FALSE(is_read(document, other));
  }
  CHECK(is_read(document, "40 sinh viên"));
  CHECK(is_read(document, "khai giảng tháng 9/2025"));
}

TEST_CASE("teasers without a heading are known by the paper's tag and headlines told twice",
          "[reader]") {
  const auto document = read_document(
      "teaser.txt",
      "Vinh đón đoàn Ulyanovsk\n\nBNA - Sáng 5/6, thành phố Vinh đón đoàn đại biểu thành phố "
      "Ulyanovsk sang thăm.\n\n"
      "Hai bên trao đổi về giao lưu học sinh và xúc tiến du lịch trong hai năm tới.\n\n"
      "Kỳ Anh khởi công khu tái định cư mới\n\nKỳ Anh khởi công khu tái định cư mới\n\n07/06/2024 "
      "| 08:15\n\n"
      "BNA - Dự án có tổng vốn 300 tỷ đồng, dự kiến hoàn thành trong năm sau.\n");
  CHECK(document.published.empty());  // only another story is dated
  CHECK_FALSE(is_read(document, "Kỳ Anh"));
  CHECK_FALSE(is_read(document, "300 tỷ"));
  CHECK(is_read(document, "giao lưu học sinh"));
}

TEST_CASE("a caption told twice is one caption, and a credit is not read", "[reader]") {
  const auto document =
      read_document("anh-doi.txt",
                    "Hội An và Wernigerode gặp trực tuyến\n\nChiều 3/2, lãnh đạo thành phố Hội An "
                    "họp trực tuyến với thành phố Wernigerode.\n\n"
                    "Lãnh đạo hai thành phố tại hai đầu cầu trực tuyến\n\nLãnh đạo hai thành phố "
                    "tại hai đầu cầu trực tuyến\n\n"
                    "Hai bên bàn kế hoạch trồng rừng và trao đổi cán bộ trẻ trong năm nay.\n\n"
                    "Màn hình buổi họp tại phòng khách Tòa thị chính. Ảnh: Đỗ Huấn\n\nNguồn lực sẽ "
                    "do hai bên cùng lo, mỗi bên một nửa theo thỏa thuận.\n");
  CHECK(texts(document, BlockKind::Caption) ==
        Texts{"Lãnh đạo hai thành phố tại hai đầu cầu trực tuyến",
              "Màn hình buổi họp tại phòng khách Tòa thị chính."});
  CHECK(texts(document, BlockKind::Byline) == Texts{"Ảnh: Đỗ Huấn"});
  CHECK(is_read(document, "Nguồn lực sẽ do hai bên"));
}

TEST_CASE("each story of a bulletin has its author, errata are read, the imprint is not",
          "[reader]") {
  const auto document = read_document(
      "ban-tin.txt",
      "BẢN TIN HỢP TÁC QUỐC TẾ QUẢNG TRỊ\nSố 14, tháng 9 năm 2023\n\nQuảng Trị - Savannakhet: 10 "
      "năm tuần tra chung\n\n"
      "Ngày 2/9, Bộ đội Biên phòng tỉnh và lực lượng tỉnh Savannakhet kỷ niệm 10 năm tuần tra song "
      "phương.\n\nHoàng Lan\n\n"
      "Trao học bổng cho sinh viên Salavan\n\nSở Ngoại vụ trao 15 suất học bổng cho sinh viên tỉnh "
      "Salavan trong tuần đầu tháng 9.\n\nLê Hiếu\n\n"
      "ĐÍNH CHÍNH\nSố 13 viết nhầm tên ông Bounthan Siphandon; xin cáo lỗi cùng bạn đọc.\n\n"
      "Giấy phép xuất bản số 4/GP-STTTT. In tại Xí nghiệp in Đông Hà.\n");
  CHECK(document.genre == "bulletin");
  CHECK(document.published == "2023-09");  // 14 is the issue
  CHECK(document.source == "BẢN TIN HỢP TÁC QUỐC TẾ QUẢNG TRỊ");
  CHECK(document.title == "Quảng Trị - Savannakhet: 10 năm tuần tra chung");
  CHECK(texts(document, BlockKind::Byline) == Texts{"Hoàng Lan", "Lê Hiếu"});
  CHECK(is_read(document, "Bounthan Siphandon"));
  CHECK_FALSE(is_read(document, "Đông Hà"));
}

TEST_CASE("whom the press may call is not read", "[reader]") {
  const auto document =
      read_document("thong-cao.txt",
                    "Sở Văn hóa và Thể thao Cần Thơ\nTHÔNG CÁO BÁO CHÍ\nTuần phim Osaka lần thứ "
                    "ba\nCần Thơ, ngày 1 tháng 12 năm 2023\n"
                    "Sở Văn hóa và Thể thao phối hợp với Văn phòng Điện ảnh Osaka tổ chức Tuần "
                    "phim Osaka từ ngày 8/12/2023.\n"
                    "Mọi thông tin chi tiết xin liên hệ: bà Võ Ngọc Hân, ĐT: 0292.0000.000\n");
  CHECK(document.genre == "release");
  CHECK(document.source == "Sở Văn hóa và Thể thao Cần Thơ");
  CHECK(document.published == "2023-12-01");
  CHECK_FALSE(is_read(document, "Võ Ngọc Hân"));
}

TEST_CASE("a source line gives source and address", "[reader]") {
  const auto document =
      read_document("nguon.txt",
                    "Đà Lạt đón đoàn Chuncheon\n\nSáng 9/9, thành phố Đà Lạt đón đoàn thành phố "
                    "Chuncheon sang thăm chính thức.\n\n"
                    "PV/VOV-Tây Nguyên\n\nNguồn VOV: https://example.org/tin-1.vov\n");
  CHECK(document.source == "VOV");
  CHECK(document.url == "https://example.org/tin-1.vov");
  CHECK_FALSE(is_read(document, "VOV"));
}

TEST_CASE("a release is dated where it begins, an issue in its masthead", "[reader]") {
  const auto release = read_document(
      "thong-cao.txt",
      "THÔNG CÁO BÁO CHÍ\n\nHAI THÀNH PHỐ HỢP TÁC\n\n"
      "Thủ Dầu Một, 28/9/2018 - Văn phòng Thành phố thông minh thông tin kết quả chuyến thăm của "
      "đoàn thành phố Eindhoven (Hà Lan) đến các cơ quan báo chí trong tỉnh.\n\n"
      "Ngày 24/9, đoàn đã làm việc với lãnh đạo tỉnh về hạ tầng và giáo dục kỹ thuật.\n");
  CHECK(release.published == "2018-09-28");
  CHECK_FALSE(is_read(release, "28/9/2018"));
  const auto bulletin = read_document(
      "ban-tin.txt",
      "BẢN TIN HỮU NGHỊ\nLiên hiệp các tổ chức hữu nghị tỉnh Tây Ninh - Số 02, Quý II/2012\n\n"
      "Ngày 6/6, Bệnh viện Đa khoa tỉnh tiếp nhận bốn bác sĩ của tỉnh Prey Veng sang học.\n");
  CHECK(bulletin.published == "2012-04/2012-06");
}
