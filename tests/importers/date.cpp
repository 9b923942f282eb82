#include "importers/recognise/date.hpp"

#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/edtf.hpp"
#include "engine/text/normalise.hpp"
#include "importers/recognise/date_lunar.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia;
using namespace ketnghia::importers;

namespace {

// What date_mentions() finds in a text, "[span]=edtf" one after the other.
std::string found(std::string_view text, const std::string& reference = "") {
  std::string all;
  for (const ResolvedDate& date : date_mentions(text, reference)) {
    all.append(all.empty() ? "[" : " [").append(date.span.of(text)).append("]=").append(date.edtf);
  }
  return all;
}

Span place_of(std::string_view text, std::string_view surface) {
  const auto at = text.find(surface);
  REQUIRE(at != std::string_view::npos);
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + surface.size())};
}

// Whether a date of `text` meets `surface`: its value, and its span to the byte.
struct Hit {
  bool value = false;
  bool span = false;
  bool any = false;
};
Hit hit(std::string_view text, const std::string& reference, std::string_view surface,
        std::string_view edtf) {
  const Span place = place_of(text, surface);
  Hit result;
  for (const ResolvedDate& date : date_mentions(text, reference)) {
    if (!date.span.overlaps(place)) continue;
    result.any = true;
    if (date.edtf != edtf) continue;
    result.value = true;
    result.span = date.span == place;
  }
  return result;
}

struct Row {
  const char* text;
  const char* reference;
  const char* surface;
  const char* edtf;
};

// Lines as offices and papers write them; the facts are invented.
const Row kRows[] = {
    {"Đoàn làm việc ngày 3 và 4/5/2024 tại Huế.", "", "ngày 3 và 4/5/2024",
     "2024-05-03/2024-05-04"},
    {"Trong các ngày 7 và 8-6, lãnh đạo TP đón khách.", "2023-06-08", "7 và 8-6",
     "2023-06-07/2023-06-08"},
    {"Chuyến đi từ 16 đến ngày 20 tháng 9 năm 2023.", "", "từ 16 đến ngày 20 tháng 9 năm 2023",
     "2023-09-16/2023-09-20"},
    {"Hai bên ký kết ngày 05/07 tại Hà Nội.", "2024-07-10", "ngày 05/07", "2024-07-05"},
    {"Báo cáo lập 05 tháng 7 năm 2024.", "", "05 tháng 7 năm 2024", "2024-07-05"},
    {"Dự kiến ký trong quý II/2025.", "", "quý II/2025", "2025-04/2025-06"},
    {"Kết quả 6 tháng đầu năm rất tốt.", "2024-07-03", "6 tháng đầu năm", "2024-01/2024-06"},
    {"Trong nửa cuối năm 2023, dự án khởi công.", "", "nửa cuối năm 2023", "2023-07/2023-12"},
    {"Ông thăm Lào hồi tháng 4 vừa qua.", "2022-06-20", "tháng 4 vừa qua", "2022-04"},
    {"Thỏa thuận ký hồi tháng 3-2023 tại Seoul.", "", "tháng 3-2023", "2023-03"},
    {"Hội chợ vào tháng 6 năm sau.", "2024-08-23", "tháng 6 năm sau", "2025-06"},
    {"Dự án bắt đầu đầu năm sau.", "2024-08-23", "đầu năm sau", "2025~"},
    {"Đoàn sẽ trở lại vào năm kế tiếp.", "2024-08-23", "năm kế tiếp", "2025"},
    {"Đầu tháng 8, trường cử giảng viên sang.", "2024-08-23", "Đầu tháng 8", "2024-08~"},
    {"Chiều hôm qua (16/11), Phó Chủ tịch tiếp đoàn.", "2023-11-17", "Chiều hôm qua (16/11)",
     "2023-11-16"},
    {"Một ngày sau, đoàn thăm Cần Thơ.", "2022-06-15", "Một ngày sau", "2022-06-16"},
    {"Ngày 14/6 đoàn đến Huế. Hai ngày sau đó, đoàn về nước.", "2022-06-20", "Hai ngày sau đó",
     "2022-06-16"},
    {"Chiều cùng ngày, đoàn khảo sát.", "2024-08-23", "Chiều cùng ngày", "2024-08-23"},
    {"Sáng 8-6, ông tiếp đoàn. Cũng trong sáng cùng ngày, Sở ký kết.", "2023-06-10",
     "sáng cùng ngày", "2023-06-08"},
    {"Trước đó, trong 2 ngày 24 và 25/6, đoàn đã thăm viện.", "2024-07-05", "24 và 25/6",
     "2024-06-24/2024-06-25"},
    {"Biểu diễn 3-4/8/2024 tại lễ hội.", "", "3-4/8/2024", "2024-08-03/2024-08-04"},
    {"Thỏa thuận có giá trị đến hết năm 2027.", "", "đến hết năm 2027", "../2027"},
    {"Hai bên thiết lập quan hệ năm 1998 tại Viêng Chăn.", "", "năm 1998", "1998"},
    {"Kế hoạch hợp tác giai đoạn 2023-2027 được ký.", "", "giai đoạn 2023-2027", "2023/2027"},
    {"Thời hạn 2024-2026; hai bên báo cáo.", "", "Thời hạn 2024-2026", "2024/2026"},
    {"Văn bản có hiệu lực 3 năm, từ 2023 đến 2026.", "", "từ 2023 đến 2026", "2023/2026"},
    {"Thứ Sáu, 17/11/2023, 08:15 [GMT+7]", "", "Thứ Sáu, 17/11/2023", "2023-11-17"},
    {"Trước nữa, ngày 9/4/2013, hai bên ký thỏa thuận.", "2023-11-17", "ngày 9/4/2013",
     "2013-04-09"},
    {"Kết nghĩa từ ngày 3-11-1995 đến nay.", "", "từ ngày 3-11-1995 đến nay", "1995-11-03/.."},
    {"Lớp học sẽ mở vào tháng 9 tới.", "2023-06-08", "tháng 9 tới", "2023-09"},
    {"Ngày 24/2, đoàn sẽ thăm Liễu Châu.", "2024-02-24", "Ngày 24/2", "2024-02-24"},
    {"Từ đầu năm đến nay, kim ngạch tăng khá.", "2024-08-23", "Từ đầu năm đến nay", "2024~/.."},
    {"Trước đó, hôm qua (11/9), đoàn đã thăm viện.", "2023-09-12", "hôm qua (11/9)", "2023-09-11"},
    {"Đoàn đi từ ngày 10/6 đến 20/6/2025.", "", "từ ngày 10/6 đến 20/6/2025",
     "2025-06-10/2025-06-20"},
    {"Ngày 12 và 13/9/2024, Sở Du lịch tổ chức gian hàng.", "", "Ngày 12 và 13/9/2024",
     "2024-09-12/2024-09-13"},
    {"Biểu diễn từ ngày 5 đến ngày 9 tháng 10 năm 2023 tại Moskva.", "",
     "từ ngày 5 đến ngày 9 tháng 10 năm 2023", "2023-10-05/2023-10-09"},
    {"Trước đại dịch, từ 2017, hai bên đã trao đổi.", "", "từ 2017", "2017/.."},
    {"Sáng nay 23-8, hai bên hội đàm.", "2024-08-23", "Sáng nay", "2024-08-23"},
    {"Hôm nay, ngày 23/10/2024, lễ khai mạc diễn ra.", "2024-10-23", "Hôm nay, ngày 23/10/2024",
     "2024-10-23"},
    {"Trong tuần qua (từ ngày 13/12 đến ngày 20/12), tòa án xử 5 vụ.", "2024-12-21",
     "tuần qua (từ ngày 13/12 đến ngày 20/12)", "2024-12-13/2024-12-20"},
    {"Sáng thứ Hai (20/5), hội nghị khai mạc.", "2024-05-21", "Sáng thứ Hai (20/5)", "2024-05-20"},
    {"Ngày 16/5/2024 (thứ Năm), hai bên ký.", "", "Ngày 16/5/2024 (thứ Năm)", "2024-05-16"},
    {"Lễ hội diễn ra ngày 29/4/2023 (tức mùng 10 tháng 3 âm lịch).", "",
     "ngày 29/4/2023 (tức mùng 10 tháng 3 âm lịch)", "2023-04-29"},
    {"Giỗ Tổ Hùng Vương ngày 10 tháng 3 âm lịch năm 2024.", "", "ngày 10 tháng 3 âm lịch năm 2024",
     "2024-04-18"},
    {"Chiều 29 Tết, lãnh đạo Thành phố chúc Tết.", "2025-02-03", "Chiều 29 Tết", "2025-01-28"},
    {"Sáng mùng 3 Tết, lễ hội khai mạc.", "2024-02-14", "Sáng mùng 3 Tết", "2024-02-12"},
    {"Rằm tháng Bảy năm Giáp Thìn có lễ Vu lan.", "2024-08-20", "Rằm tháng Bảy năm Giáp Thìn",
     "2024-08-18"},
    {"Mùng Một Tết Bính Ngọ rơi vào thứ Ba.", "2026-01-10", "Mùng Một Tết Bính Ngọ", "2026-02-17"},
    {"Từ quý I đến quý III/2024, xuất khẩu tăng.", "", "Từ quý I đến quý III/2024",
     "2024-01/2024-09"},
    {"Quý I và quý II năm 2024, có 20 đoàn vào.", "", "Quý I và quý II năm 2024",
     "2024-01/2024-06"},
    {"Các tháng 7, 8/2024 có mưa lớn.", "", "Các tháng 7, 8/2024", "2024-07/2024-08"},
    {"Các năm 2022, 2023 và 2024 đều tăng.", "", "Các năm 2022, 2023 và 2024", "2022/2024"},
    {"Từ tháng 10/2023 đến tháng 3/2024, lớp học mở.", "", "Từ tháng 10/2023 đến tháng 3/2024",
     "2023-10/2024-03"},
    {"Từ ngày 28/12 đến 3/1, hội chợ mở cửa.", "2025-01-05", "Từ ngày 28/12 đến 3/1",
     "2024-12-28/2025-01-03"},
    {"Từ 30/12/2023 đến 2/1, triển lãm mở cửa.", "", "Từ 30/12/2023 đến 2/1",
     "2023-12-30/2024-01-02"},
    {"Đoàn ở lại 28/9-2/10/2024.", "", "28/9-2/10/2024", "2024-09-28/2024-10-02"},
    {"Trước ngày 30/6, các đơn vị gửi báo cáo.", "2024-05-01", "Trước ngày 30/6", "../2024-06-30"},
    {"Chậm nhất ngày 15/12/2024 phải hoàn thành.", "", "Chậm nhất ngày 15/12/2024",
     "../2024-12-15"},
    {"Tính đến ngày 15/8/2023, có 30 dự án.", "", "Tính đến ngày 15/8/2023", "../2023-08-15"},
    {"Sau ngày 30/4/1975, thành phố đổi tên.", "", "Sau ngày 30/4/1975", "1975-04-30/.."},
    {"Từ năm 2010 trở đi, lượng khách tăng.", "", "Từ năm 2010 trở đi", "2010/.."},
    {"Kế hoạch đến năm 2025, tầm nhìn 2030.", "", "đến năm 2025", "../2025"},
    {"Từ nay đến cuối năm, Sở đón 5 đoàn.", "2024-09-10", "Từ nay đến cuối năm",
     "2024-09-10/2024~"},
    {"Từ nay đến hết năm 2025 sẽ có 3 hội chợ.", "2024-09-10", "Từ nay đến hết năm 2025",
     "2024-09-10/2025"},
    {"Vào những năm 1990, giao lưu còn ít.", "", "những năm 1990", "199X"},
    {"Cuối thập niên 1980, hai bên nối lại quan hệ.", "", "Cuối thập niên 1980", "198X"},
    {"Đầu thập kỷ 90 của thế kỷ XX có nhiều đổi mới.", "", "Đầu thập kỷ 90 của thế kỷ XX", "199X"},
    {"Nửa cuối thế kỷ XIX, cảng được mở.", "", "Nửa cuối thế kỷ XIX", "18XX"},
    {"Từ thế kỷ XV đến thế kỷ XVII, thương cảng phồn thịnh.", "", "Từ thế kỷ XV đến thế kỷ XVII",
     "14XX/16XX"},
    {"Cuối những năm 1960, nhiều cán bộ sang học.", "", "Cuối những năm 1960", "196X"},
    {"Hè năm 2018, đoàn sang biểu diễn.", "", "Hè năm 2018", "2018-22"},
    {"Mùa xuân năm 2025, hội hoa mở.", "", "Mùa xuân năm 2025", "2025-21"},
    {"Mùa đông năm ngoái tuyết rơi dày.", "2024-03-01", "Mùa đông năm ngoái", "2023-24"},
    {"Khoảng tháng 3/2019, dự án bắt đầu.", "", "Khoảng tháng 3/2019", "2019-03~"},
    {"Trung tuần tháng 11 vừa qua, đoàn đã sang.", "2024-12-02", "Trung tuần tháng 11 vừa qua",
     "2024-11~"},
    {"Hạ tuần tháng 9/2021, dịch bùng phát.", "", "Hạ tuần tháng 9/2021", "2021-09~"},
    {"Ba tháng cuối năm 2024, có 3 đoàn ra.", "", "Ba tháng cuối năm 2024", "2024-10/2024-12"},
    {"11 tháng của năm 2024, thu hút 20 dự án.", "", "11 tháng của năm 2024", "2024-01/2024-11"},
    {"Mười tháng đầu năm nay, có 12 đoàn.", "2024-11-02", "Mười tháng đầu năm nay",
     "2024-01/2024-10"},
    {"Ba năm trước, hai bên ký ghi nhớ.", "2024-11-02", "Ba năm trước", "2021"},
    {"Cách đây hơn 20 năm, hai bên kết nghĩa.", "2024-11-02", "Cách đây hơn 20 năm", "2004~"},
    {"Cách đây hai tháng, đoàn sang thăm.", "2024-11-02", "Cách đây hai tháng", "2024-09"},
    {"Sáng mai, đoàn lên đường.", "2024-12-31", "Sáng mai", "2025-01-01"},
    {"Tối qua, đêm nhạc diễn ra.", "2024-05-17", "Tối qua", "2024-05-16"},
    {"Sáng ngày hôm nay, lễ ký diễn ra.", "2024-05-17", "Sáng ngày hôm nay", "2024-05-17"},
    {"Chủ nhật tuần này có hội chợ.", "2024-05-17", "Chủ nhật tuần này", "2024-05-19"},
    {"Sáng thứ Ba tuần sau, đoàn tới.", "2024-05-17", "Sáng thứ Ba tuần sau", "2024-05-21"},
    {"Cuối tuần này, lễ hội diễn ra.", "2024-05-17", "Cuối tuần này", "2024-05-18/2024-05-19"},
    {"Quý trước, kim ngạch giảm.", "2024-02-02", "Quý trước", "2023-10/2023-12"},
    {"Lúc 14h ngày 3-6-2022, hai bên ký.", "", "14h ngày 3-6-2022", "2022-06-03"},
    {"Từ 8h00 ngày 5/6/2024, hội nghị bắt đầu.", "", "Từ 8h00 ngày 5/6/2024", "2024-06-05/.."},
    {"Cập nhật: 15:30 23/08/2024", "", "15:30 23/08/2024", "2024-08-23"},
    {"Cập nhật 2024-05-16 lúc 8 giờ", "", "2024-05-16", "2024-05-16"},
    {"Ngày 30/4 và 1/5, thành phố bắn pháo hoa.", "2024-04-20", "1/5", "2024-05-01"},
    {"Ngày 30/9 và 3/10/2024, hai đoàn đến.", "", "Ngày 30/9", "2024-09-30"},
    {"Dịp Quốc khánh 2/9, hai bên chúc mừng.", "2024-08-20", "2/9", "2024-09-02"},
    {"Thành lập ngày 2 tháng Chín năm 1945.", "", "ngày 2 tháng Chín năm 1945", "1945-09-02"},
    {"Tháng Mười năm ngoái, đoàn sang.", "2024-03-01", "Tháng Mười năm ngoái", "2023-10"},
    {"Ngày 20 cùng tháng, hai bên ký.", "2024-03-01", "Ngày 20 cùng tháng", "2024-03-20"},
    {"Tháng 3/2023 ký ghi nhớ; tháng 10 cùng năm, mở đường bay.", "2024-11-01", "tháng 10 cùng năm",
     "2023-10"},
    {"Năm học 2023-2024 có 30 sinh viên.", "", "Năm học 2023-2024", "2023/2024"},
    {"Đại hội nhiệm kỳ XVII (2020-2025) thành công.", "", "nhiệm kỳ XVII (2020-2025)", "2020/2025"},
    {"Nhiệm kỳ 2021 - 2026 có nhiều đổi mới.", "", "Nhiệm kỳ 2021 - 2026", "2021/2026"},
    {"Quan hệ (1994-2024) bền chặt.", "", "1994-2024", "1994/2024"},
    {"Hà Nội, ngày ... tháng 8 năm 2024", "", "ngày ... tháng 8 năm 2024", "2024-08"},
    {"Hà Nội, ngày ….. tháng ….. năm 2023", "", "ngày ….. tháng ….. năm 2023", "2023"},
    {"Ngày 15 tháng 8, 2022 tại Huế.", "", "Ngày 15 tháng 8, 2022", "2022-08-15"},
    {"Những ngày đầu năm 2024, lãnh đạo chúc Tết.", "", "Những ngày đầu năm 2024", "2024~"},
    {"Những tháng cuối năm, lượng khách tăng.", "2024-12-01", "Những tháng cuối năm", "2024~"},
    {"Ngày 16/5 tới Hà Nội, đoàn dự lễ.", "2024-05-17", "Ngày 16/5", "2024-05-16"},
    {"Doanh thu năm 2023 tăng mạnh.", "", "năm 2023", "2023"},
    {"Ngày 3.2.1930, Đảng được thành lập.", "", "Ngày 3.2.1930", "1930-02-03"},
    {"Khoảng 9 giờ sáng 12/3, đoàn tới trụ sở.", "2024-03-13", "Khoảng 9 giờ sáng 12/3",
     "2024-03-12"},
    {"Trưa nay, hai bên ăn cơm thân mật.", "2024-03-13", "Trưa nay", "2024-03-13"},
    {"Đêm qua, đoàn về nước.", "2024-03-01", "Đêm qua", "2024-02-29"},
    {"Rạng sáng 1/1/2025, pháo hoa rực rỡ.", "", "Rạng sáng 1/1/2025", "2025-01-01"},
    {"Từ 20h ngày 31/12/2024 đến 2h ngày 1/1/2025, đường bị cấm.", "",
     "Từ 20h ngày 31/12/2024 đến 2h ngày 1/1/2025", "2024-12-31/2025-01-01"},
    {"Hội thảo diễn ra trong ba ngày 10, 11 và 12/10/2023.", "", "10, 11 và 12/10/2023",
     "2023-10-10/2023-10-12"},
    {"Thành phố sẽ tổ chức lễ hội ngày 2/1.", "2024-12-20", "ngày 2/1", "2025-01-02"},
    {"Ngày 30/12 vừa qua, hai bên đã ký.", "2025-01-10", "Ngày 30/12 vừa qua", "2024-12-30"},
    {"Tháng 1 tới, đoàn sẽ sang thăm.", "2024-11-20", "Tháng 1 tới", "2025-01"},
    {"Trong tháng 11 vừa qua, có 3 đoàn.", "2025-01-15", "tháng 11 vừa qua", "2024-11"},
    {"Tháng này, hai sở họp trực tuyến.", "2024-06-03", "Tháng này", "2024-06"},
    {"Trong tháng sau, đoàn tới Huế.", "2024-12-03", "tháng sau", "2025-01"},
    {"Tuần này, đoàn ở lại Hà Nội.", "2024-05-17", "Tuần này", "2024-05-13/2024-05-19"},
    {"Tuần sau sẽ ký kết.", "2024-05-17", "Tuần sau", "2024-05-20/2024-05-26"},
    {"Thứ Sáu tuần này, hội nghị bế mạc.", "2024-05-15", "Thứ Sáu tuần này", "2024-05-17"},
    {"Chủ Nhật tuần trước, giải chạy diễn ra.", "2024-05-15", "Chủ Nhật tuần trước", "2024-05-12"},
    {"Nửa cuối tháng 5/2023, đoàn sang.", "", "Nửa cuối tháng 5/2023", "2023-05~"},
    {"Vào cuối quý III/2024, dự án xong.", "", "quý III/2024", "2024-07/2024-09"},
    {"Quý 2/2023 đạt kết quả tốt.", "", "Quý 2/2023", "2023-04/2023-06"},
    {"Quý II năm nay, xuất khẩu tăng.", "2024-08-01", "Quý II năm nay", "2024-04/2024-06"},
    {"Chín tháng năm 2024, thành phố đón 3 đoàn.", "", "Chín tháng năm 2024", "2024-01/2024-09"},
    {"Trong 3 tháng đầu năm nay, có 5 đoàn.", "2024-04-05", "3 tháng đầu năm nay",
     "2024-01/2024-03"},
    {"Nửa đầu năm nay, kim ngạch tăng.", "2024-08-01", "Nửa đầu năm nay", "2024-01/2024-06"},
    {"Kể từ năm 1995, hai bên hợp tác.", "", "Kể từ năm 1995", "1995/.."},
    {"Từ tháng 5/2019 tới nay, đường bay hoạt động.", "", "Từ tháng 5/2019 tới nay", "2019-05/.."},
    {"Hồ sơ gửi trước 15/8/2024 qua bưu điện.", "", "trước 15/8/2024", "../2024-08-15"},
    {"Sau tháng 6/2020, dịch lắng xuống.", "", "Sau tháng 6/2020", "2020-06/.."},
    {"Phấn đấu đến năm 2045 thành nước phát triển.", "", "đến năm 2045", "../2045"},
    {"Thập kỷ 60 của thế kỷ trước, quan hệ nồng ấm.", "2024-01-01", "Thập kỷ 60 của thế kỷ trước",
     "196X"},
    {"Giữa thế kỷ XVIII, phố cổ sầm uất.", "", "Giữa thế kỷ XVIII", "17XX"},
    {"Thế kỷ thứ X mở đầu kỷ nguyên độc lập.", "", "Thế kỷ thứ X", "09XX"},
    {"Đầu thế kỉ 20, trường được xây.", "", "Đầu thế kỉ 20", "19XX"},
    {"Những năm 2010, du lịch bùng nổ.", "", "Những năm 2010", "201X"},
    {"Mùa thu 2022, phái đoàn sang thăm.", "", "Mùa thu 2022", "2022-23"},
    {"Mùng 5 Tết Giáp Thìn, hội gò Đống Đa khai mạc.", "2024-02-20", "Mùng 5 Tết Giáp Thìn",
     "2024-02-14"},
    {"23 tháng Chạp năm Giáp Thìn là ngày ông Táo.", "2025-01-20", "23 tháng Chạp năm Giáp Thìn",
     "2025-01-22"},
    {"Ngày 15 tháng 8 âm lịch năm 2023, trung thu.", "", "Ngày 15 tháng 8 âm lịch năm 2023",
     "2023-09-29"},
    {"Rằm tháng Giêng năm Giáp Thìn, hội thơ mở.", "2024-03-01", "Rằm tháng Giêng năm Giáp Thìn",
     "2024-02-24"},
    {"Hà Nội, ngày … tháng 5 năm 2024", "", "ngày … tháng 5 năm 2024", "2024-05"},
    {"TP. Hồ Chí Minh, ngày 09 tháng 01 năm 2023", "", "ngày 09 tháng 01 năm 2023", "2023-01-09"},
    {"Cách đây đúng 10 năm, hai bên ký.", "2024-10-05", "Cách đây đúng 10 năm", "2014"},
    {"Mười năm trước, trường mở cửa.", "2024-10-05", "Mười năm trước", "2014"},
    {"Ba ngày trước, đoàn rời đi.", "2024-10-05", "Ba ngày trước", "2024-10-02"},
    {"Cũng trong ngày 16/5, đoàn thăm Huế.", "2024-05-17", "ngày 16/5", "2024-05-16"},
    {"Ngày 16/5, đoàn dự lễ. Cũng trong ngày, đoàn thăm viện.", "2024-05-18", "Cũng trong ngày",
     "2024-05-16"},
    {"Ngày 16/5 hội đàm, hôm sau đoàn về nước.", "2024-05-20", "hôm sau", "2024-05-17"},
    {"Năm học 2025-2026, trường mở lớp.", "", "Năm học 2025-2026", "2025/2026"},
    {"Trong thời kỳ 2011-2020, thành phố tăng trưởng.", "", "thời kỳ 2011-2020", "2011/2020"},
    {"Đề án giai đoạn từ 2021 đến 2025 được duyệt.", "", "giai đoạn từ 2021 đến 2025", "2021/2025"},
    {"Chiến lược 2021-2030 đã ban hành.", "", "2021-2030", "2021/2030"},
    {"Bác sinh ngày 19/5/1890 tại Kim Liên.", "", "ngày 19/5/1890", "1890-05-19"},
    {"Ông sinh ngày 2/9/45 tại Huế.", "2024-03-01", "ngày 2/9/45", "1945-09-02"},
    {"Hội Cựu chiến binh quý I/2024 họp.", "", "quý I/2024", "2024-01/2024-03"},
};

struct Trap {
  const char* text;
  const char* reference;
  const char* surface;
};
const Trap kTraps[] = {
    {"Chiều 30 Tết, lãnh đạo Thành phố chúc Tết.", "2025-02-03", "Chiều 30 Tết"},
    {"Số: 218/BC-SNgV về công tác.", "2024-12-12", "218/BC-SNgV"},
    {"Kế hoạch số 41/KH-UBND của thành phố.", "2024-12-12", "41/KH-UBND"},
    {"Quyết định 3107/QĐ-UBND được ban hành.", "2024-12-12", "3107/QĐ-UBND"},
    {"Giấy phép số 12/GP-BTTTT cấp.", "2024-12-12", "12/GP"},
    {"Nghị quyết 18-NQ/TW về tổ chức bộ máy.", "2024-12-12", "18-NQ/TW"},
    {"Công văn số 5/2024 gửi các sở.", "2024-12-12", "5/2024"},
    {"Mỗi quý hai bên sẽ họp trực tuyến một lần.", "2024-12-12", "quý hai"},
    {"Trong tháng hai bên trao đổi 3 đoàn.", "2024-12-12", "tháng hai"},
    {"Hàng năm hai thành phố cử vận động viên.", "2024-12-12", "Hàng năm"},
    {"Lễ hội tổ chức ngày 10/10 hằng năm.", "2024-12-12", "10/10"},
    {"Hằng năm, vào tháng 5, hai bên họp.", "2024-12-12", "tháng 5"},
    {"Nhân dịp kỷ niệm 10 năm hợp tác, hai bên ký.", "2024-12-12", "10 năm"},
    {"Trong 5 năm tới, hai bên trao đổi.", "2024-12-12", "năm tới"},
    {"Trong những năm qua, quan hệ phát triển.", "2024-12-12", "năm qua"},
    {"Trong hai tuần tới, đoàn ở lại Huế.", "2024-12-12", "tuần tới"},
    {"Đoàn thăm trong 3 ngày và 2 đêm.", "2024-12-12", "3 ngày"},
    {"Hai năm một lần, lễ hội diễn ra.", "2024-12-12", "Hai năm"},
    {"Công viên 29/3 đón khách.", "2024-12-12", "29/3"},
    {"Quảng trường 2/9 được chỉnh trang.", "2024-12-12", "2/9"},
    {"Trường THCS 19-5 tại phường 3.", "2024-12-12", "19-5"},
    {"Đường 3 tháng 2 kẹt xe.", "2024-12-12", "3 tháng 2"},
    {"Có 3/4 đại biểu đồng ý.", "2024-12-12", "3/4"},
    {"Điểm số 9/10 là cao nhất.", "2024-12-12", "9/10"},
    {"Số nhà 12/5 đường Lê Lợi.", "2024-12-12", "12/5"},
    {"Địa chỉ: hẻm 15/4 Nguyễn Trãi.", "2024-12-12", "15/4"},
    {"Đội nhà thắng 3-1 trên sân khách.", "2024-12-12", "3-1"},
    {"Tỷ giá 24.500 đồng, tăng 3.5 điểm.", "2024-12-12", "3.5"},
    {"Quỹ 40.000 USD được trao.", "2024-12-12", "40.000"},
    {"Dịch vụ công trực tuyến 24/7 cho dân.", "2024-12-12", "24/7"},
    {"Kinh phí 12.5 tỷ đồng trong 6 tháng.", "2024-12-12", "6 tháng"},
    {"Sau 10 năm gắn bó, hai bên ký ghi nhớ.", "2024-12-12", "10 năm"},
    {"Việt Nam ngày nay đổi mới.", "2024-12-12", "ngày nay"},
    {"Ngày càng nhiều đoàn đến.", "2024-12-12", "Ngày"},
    {"Đại biểu Quốc hội khóa XV dự họp.", "2024-12-12", "khóa XV"},
    {"Hiện nay, hai bên có 5 dự án.", "2024-12-12", "nay"},
    {"Năm Du lịch quốc gia - Huế khai mạc.", "2024-12-12", "Năm Du lịch"},
    {"Tiêu chuẩn TCVN 7447-7-710:2006 được áp dụng.", "2024-12-12", "2006"},
    {"Gọi 0913.456.789 hoặc 1900 6035.", "2024-12-12", "0913.456.789"},
    {"Tỷ lệ 12/15 quận tham gia.", "2024-12-12", "12/15"},
    {"Đoàn gồm 12 người, 5 nữ.", "2024-12-12", "12"},
    {"Đi qua cầu 30/4 vào thành phố.", "2024-12-12", "30/4"},
    {"Lớp học mùa hè thu hút 30 em.", "2024-05-17", "mùa hè"},
    {"Từ ngày thành lập đến nay, Sở phát triển.", "2024-01-01", "ngày thành lập"},
    {"Đêm Giao thừa, hai thành phố bắn pháo hoa.", "", "Đêm Giao thừa"},
    {"Báo cáo ngày 31/12 hằng năm gửi Bộ.", "2024-03-01", "31/12"},
    {"Mỗi tháng, hai bên họp một lần.", "2024-03-01", "Mỗi tháng"},
    {"Định kỳ 6 tháng một lần, hai bên họp.", "2024-03-01", "6 tháng"},
    {"Sở đón đoàn trong vòng 2 tuần.", "2024-03-01", "2 tuần"},
    {"Qua 35 năm đổi mới, thành phố phát triển.", "2024-03-01", "35 năm"},
    {"Suốt 70 năm qua, tình hữu nghị bền chặt.", "2024-03-01", "70 năm qua"},
    {"Thời gian tới, hai bên đẩy mạnh hợp tác.", "2024-03-01", "Thời gian tới"},
    {"Phố 19 tháng 12 có nhiều hàng sách.", "2024-03-01", "19 tháng 12"},
    {"Bệnh viện 108 và Bệnh viện 30-4 tham gia.", "2024-03-01", "30-4"},
    {"Chợ 20/10 nằm ở quận 5.", "2024-03-01", "20/10"},
    {"Hợp tác xã 1-5 sản xuất gạo.", "2024-03-01", "1-5"},
    {"Quốc lộ 1A và đại lộ 2/9 thông xe.", "2024-03-01", "2/9"},
    {"Trụ sở: 15/3 Nguyễn Du, quận 1.", "2024-03-01", "15/3"},
    {"Căn cứ Thông tư 12/2019 của Bộ.", "2024-03-01", "12/2019"},
    {"Thông báo 45-TB/TU ban hành.", "2024-03-01", "45-TB"},
    {"Luật số 25/2018/QH14 được thông qua.", "2024-03-01", "25/2018"},
    {"Hội nghị lần thứ 8 Ban Chấp hành.", "2024-03-01", "thứ 8"},
    {"Đội thắng với tỷ số 5-2 sau hiệp hai.", "2024-03-01", "5-2"},
    {"Nhiệt độ 12.5 độ, gió cấp 3-4.", "2024-03-01", "12.5"},
    {"Có 18/20 phường hoàn thành.", "2024-03-01", "18/20"},
    {"Giá 1.500.000 đồng một vé.", "2024-03-01", "1.500.000"},
    {"Bản Windows 11 phát hành.", "2024-03-01", "11"},
    {"Bài học thứ hai là đoàn kết.", "2024-03-01", "thứ hai"},
    {"Tình cảm trong sáng qua bao thử thách.", "2024-03-01", "sáng qua"},
    {"Đại hội đại biểu toàn quốc lần thứ XIII.", "2024-03-01", "XIII"},
    {"Cách mạng Tháng Mười Nga.", "2024-03-01", "Tháng Mười"},
    {"Hai bên trao đổi hàng tháng.", "2024-03-01", "hàng tháng"},
};

}  // namespace

TEST_CASE("a stated date is found with its value and its exact span", "[date]") {
  for (const Row& row : kRows) {
    INFO(row.text << "  found " << found(row.text, row.reference));
    const Hit result = hit(row.text, row.reference, row.surface, row.edtf);
    CHECK(result.value);
    CHECK(result.span);
  }
}

TEST_CASE("numbers, names, durations and recurring times are no dates", "[date]") {
  for (const Trap& trap : kTraps) {
    INFO(trap.text << "  found " << found(trap.text, trap.reference));
    CHECK_FALSE(hit(trap.text, trap.reference, trap.surface, "").any);
  }
}

TEST_CASE("the shared set of dates is read, all but one span to the byte", "[date]") {
  const char* const shared = std::getenv("KETNGHIA_SHARED");
  const std::string folder = shared ? shared : std::string{KETNGHIA_SOURCE_DIR} + "/../shared";
  std::ifstream file(folder + "/eval/text/dates.tsv");
  if (!file) return;
  std::string line;
  std::getline(file, line);
  int inexact = 0;
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at != std::string::npos;) {
      const auto tab = line.find('\t', at);
      cells.push_back(line.substr(at, tab == std::string::npos ? tab : tab - at));
      at = tab == std::string::npos ? tab : tab + 1;
    }
    if (cells.size() < 4) continue;
    const std::string text = normalised_text(cells[0]);
    const std::string reference = cells[1] == "-" ? "" : cells[1];
    const Hit result = hit(text, reference, normalised_text(cells[2]), cells[3]);
    INFO(text << "  wanted " << cells[3] << " found " << found(text, reference));
    if (cells[3] == "-") {
      CHECK_FALSE(result.any);
    } else {
      CHECK(result.value);
      if (!result.span) ++inexact;
    }
  }
  CHECK(inexact <= 1);
}

TEST_CASE("a list with gaps is one date for each day", "[date]") {
  CHECK(found("Ngày 5, 8 và 12/6/2024, đoàn thăm Huế.") ==
        "[Ngày 5]=2024-06-05 [8]=2024-06-08 [12/6/2024]=2024-06-12");
  CHECK(found("Ngày 30/9 và 3/10/2024, hai đoàn đến.") ==
        "[Ngày 30/9]=2024-09-30 [3/10/2024]=2024-10-03");
}

TEST_CASE("a date is read through capitals and a wrapped line, not through a paragraph", "[date]") {
  CHECK(found("TỪ NGÀY 12 ĐẾN\n16/5/2024") == "[TỪ NGÀY 12 ĐẾN\n16/5/2024]=2024-05-12/2024-05-16");
  CHECK(found("Tổng số tháng\n\n5/2024") == "[5/2024]=2024-05");
}

TEST_CASE("without a reference a year stays unknown and a relative date is none", "[date]") {
  CHECK(found("Đoàn đến ngày 29/9.") == "[đến ngày 29/9]=../XXXX-09-29");
  CHECK(found("Tháng 9 vừa qua, đoàn sang.") == "[Tháng 9 vừa qua]=XXXX-09");
  CHECK(found("Từ 22 đến 28/9, lớp học mở.") == "[Từ 22 đến 28/9]=XXXX-09-22/XXXX-09-28");
  CHECK(found("Hôm qua, cùng ngày, tuần trước, năm ngoái, quý I, mùng 2 Tết.").empty());
}

TEST_CASE("a reference known to the month or year completes what it can", "[date]") {
  CHECK(found("Ngày 14/6, Sở tiếp đoàn.", "2022-06") == "[Ngày 14/6]=2022-06-14");
  CHECK(found("Ngày 28/12, Sở tiếp đoàn.", "2022-01") == "[Ngày 28/12]=2021-12-28");
  CHECK(found("Ngày 14/6, Sở tiếp đoàn.", "2022") == "[Ngày 14/6]=2022-06-14");
  CHECK(found("Tháng trước, đoàn sang.", "2022-01") == "[Tháng trước]=2021-12");
  CHECK(found("Hôm qua, đoàn sang.", "2022-06").empty());
  CHECK(found("Tháng trước, đoàn sang.", "2022").empty());
  CHECK(found("Năm ngoái, đoàn sang.", "2022") == "[Năm ngoái]=2021");
}

TEST_CASE("the tense decides the side of the reference", "[date]") {
  CHECK(found("Đoàn đã thăm Huế trong tháng 3.", "2024-12-12") == "[tháng 3]=2024-03");
  CHECK(found("Đoàn sẽ thăm Huế trong tháng 3.", "2024-04-12") == "[tháng 3]=2025-03");
  CHECK(found("Ngày 5/12, hai bên thống nhất sẽ ký.", "2024-12-06") == "[Ngày 5/12]=2024-12-05");
  const std::string text = "Đoàn đã đến. Ngày 8/1, hội chợ sẽ mở.";
  CHECK(tense_around(text, place_of(text, "Ngày 8/1")) == DateContext::Tense::Future);
  CHECK(tense_around("Ngày 8/1, họp.", {0, 9}) == DateContext::Tense::Unknown);
}

TEST_CASE("anaphors mean the day, month or year named last", "[date]") {
  CHECK(
      found("Ngày 5/10/1994 ký kết, giai đoạn 1995-2000. Cùng ngày, khai trương.", "2024-10-05") ==
      "[Ngày 5/10/1994]=1994-10-05 [giai đoạn 1995-2000]=1995/2000 [Cùng ngày]=1994-10-05");
  CHECK(found("Từ ngày 12 đến 16/5/2024 thăm Huế; cùng ngày về nước.") ==
        "[Từ ngày 12 đến 16/5/2024]=2024-05-12/2024-05-16 [cùng ngày]=2024-05-16");
  CHECK(found("Ngày 29/9 hội đàm. Cùng ngày, đoàn về.") ==
        "[Ngày 29/9]=XXXX-09-29 [Cùng ngày]=XXXX-09-29");
  CHECK(found("Tháng 3/2023 ký; ngày 20 cùng tháng, mở cửa.") ==
        "[Tháng 3/2023]=2023-03 [ngày 20 cùng tháng]=2023-03-20");
}

TEST_CASE("the Vietnamese lunar calendar parts from the Chinese one where it should", "[date]") {
  const auto new_year = [](int year) {
    const CivilDay day = civil_day(lunar_month(year, 1, false)->first);
    return std::to_string(day.month) + '-' + std::to_string(day.day);
  };
  CHECK(new_year(1968) == "1-29");  // China: 30 January
  CHECK(new_year(1985) == "1-21");  // China: 20 February
  CHECK(new_year(2007) == "2-17");  // China: 18 February
  CHECK(new_year(2030) == "2-2");   // China: 3 February
  CHECK(new_year(2024) == "2-10");
  CHECK(lunar_month(2023, 2, true));
  CHECK(lunar_month(2025, 6, true));
  CHECK_FALSE(lunar_month(2024, 6, true));
  // Months follow one another without a gap, leap months among them.
  for (int year = 1800; year < 2199; ++year) {
    DayNumber next = lunar_month(year, 1, false)->first;
    for (int month = 1; month <= 12; ++month) {
      for (const bool leap : {false, true}) {
        const auto lunar = lunar_month(year, month, leap);
        if (!lunar) continue;
        if (lunar->first != next) FAIL(year << ", month " << month);
        next = lunar->last + 1;
      }
    }
    if (lunar_month(year + 1, 1, false)->first != next) FAIL("after " << year);
  }
}

TEST_CASE("any UTF-8 gives dates in order, apart, on whole characters, with readable values",
          "[date]") {
  const std::vector<std::string> pieces{
      "ngày",     "tháng",   "năm",    "quý", "từ",   "đến",  "trước",     "sau",      "đầu",
      "cuối",     "hôm qua", "nay",    "thứ", "hai",  "Tết",  "mùng",      "rằm",      "âm lịch",
      "Giáp",     "Thìn",    "thế kỷ", "XX",  "I",    "tuần", "cùng ngày", "và",       "khoảng",
      "cách đây", "1",       "2",      "12",  "30",   "31",   "2024",      "1994",     "99",
      "/",        "-",       ".",      ",",   "(",    ")",    ":",         "%",        " ",
      " ",        " ",       " ",      "\n",  "\n\n", "Đ",    "ơ",         "Ế",        "…",
      "中",       "🙂",    "\u0301", "h",   "giờ",  "sẽ",   "đã",        "hằng năm", "giai đoạn",
      "nhuận",    "trở đi",  "X"};
  std::mt19937 random{20240516};
  const std::vector<std::string> references{"", "2024-05-17", "2022-06", "2022", "XXXX-05-16", "x"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const int size = static_cast<int>(random() % 30);
    for (int i = 0; i < size; ++i) {
      text += pieces[random() % pieces.size()];
      if (random() % 2 == 0) text += ' ';
    }
    INFO(text);
    std::uint32_t behind = 0;
    for (const DateExpression& expression : recognise_dates(text)) {
      const Span span = expression.span;
      const bool valid = span.begin >= behind && span.begin < span.end && span.end <= text.size();
      if (!valid) FAIL("span " << span.begin << ' ' << span.end);
      const auto continues = [&](std::uint32_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
      };
      if (continues(span.begin) || continues(span.end)) FAIL("within a character");
      behind = span.end;
    }
    const std::string& reference = references[random() % references.size()];
    for (const ResolvedDate& date : date_mentions(text, reference)) {
      if (!parse_edtf(date.edtf)) FAIL(date.edtf);
    }
  }
}

TEST_CASE("bytes that are no UTF-8 and pages of numbers do no harm", "[date]") {
  std::mt19937 random{7};
  for (int round = 0; round < 2000; ++round) {
    std::string text = "ngày 5/6/2024 ";
    for (int i = 0; i < 40; ++i) text += static_cast<char>(random() % 256);
    for (const DateExpression& expression : recognise_dates(text)) {
      if (expression.span.end > text.size()) FAIL("past the end");
    }
  }
  std::string numbers;
  for (int i = 0; i < 100000; ++i) numbers += "1, ";
  CHECK(recognise_dates(numbers).empty());
}
