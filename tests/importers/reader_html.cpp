#include <string>

#include "importers/readers/html_tree.hpp"
#include "importers/readers/reader.hpp"
#include "tests/importers/reader_checks.hpp"
#include "tests/support/catch.hpp"

using namespace ketnghia::importers;
using Texts = std::vector<std::string>;

namespace {

void check_unread(const SourceDocument& document, const Texts& words) {
  for (const auto& word : words) {
    INFO(word);
    CHECK_FALSE(is_read(document, word));
  }
}

// Pages of unlike make, all of our own words.

// A portal of the first years: a form round the page, tables for columns, no class anywhere.
constexpr const char* kPortal =
    R"html(<html><head><title>Cổng thông tin - Tin tức</title></head><body>
<form id="aspnetForm" action="x"><table width="100%"><tr><td colspan=2><table><tr><td><a href=1>Trang chủ</a></td><td><a href=2>Giới thiệu</a></td><td><a href=3>Sở Tài chính</a></td><td><a href=4>Huyện Kiến Thụy</a></td></tr></table></td></tr>
<tr><td valign=top width=200><table><tr><td><b>DANH MỤC</b></td></tr><tr><td><a href=1>Văn bản pháp quy của quận Dương Kinh</a></td></tr><tr><td><a href=2>Thủ tục hành chính</a></td></tr><tr><td><a href=3>Hỏi đáp pháp luật</a></td></tr></table></td>
<td valign=top><span style="font-size:16px"><b>Lãnh đạo thành phố tiếp đoàn Incheon (Hàn Quốc)</b></span><br><i>(Cập nhật: 14/03/2023 09:20)</i><br><br>
Chiều 13/3, Phó Chủ tịch UBND thành phố Phùng Gia Bảo tiếp đoàn công tác thành phố Incheon do ông Park Jun-ho, Giám đốc Sở Giao lưu quốc tế, làm trưởng đoàn.<br><br>
Hai bên trao đổi về việc mở tuyến vận tải biển mới và kế hoạch kỷ niệm 25 năm kết nghĩa vào năm sau. Ông Park Jun-ho đánh giá cao môi trường đầu tư của thành phố.<br><br>
<table align=center><tr><td><img src=a.jpg></td></tr><tr><td><i>Quang cảnh buổi tiếp đoàn Incheon.</i></td></tr></table>
Thành phố đề nghị Incheon cử chuyên gia hỗ trợ quy hoạch khu phi thuế quan; hai bên chưa ký văn bản nào tại buổi làm việc này.<br><br>
<div align=right><b>Thanh Tùng</b></div>
<b>Các tin đã đưa:</b><br>
<a href=1>Quận Lê Chân ra quân vệ sinh môi trường (10/03/2023)</a><br><a href=2>Đoàn Vladivostok khảo sát cảng (08/03/2023)</a><br></td></tr>
<tr><td colspan=2>Cơ quan quản lý: Văn phòng thành phố. Địa chỉ: 18 Hoàng Diệu. Điện thoại: 0225.000.000. Trưởng ban biên tập: Đỗ Mạnh Khoa</td></tr></table></form></body></html>)html";

// A blog engine's page: semantic elements, JSON-LD, more prose in comments than in the story.
constexpr const char* kBlog =
    R"html(<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sinh viên Huế học nghề gốm tại Icheon &#8211; Hội hữu nghị</title>
<meta property="og:site_name" content="Hội hữu nghị Huế">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Hội"},{"@type":"NewsArticle","headline":"x","datePublished":"2024-10-02T21:05:11+07:00","dateModified":"2025-01-05"}]}</script></head>
<body class="single header-fixed"><div id="page" class="hfeed site sidebar-right"><header class="site-header"><h1 class="site-title"><a href="/">Hội hữu nghị Huế</a></h1><p>Nhịp cầu với bạn bè Osaka</p></header>
<div id="content"><article class="post"><header class="entry-header"><h2 class="entry-title">Sinh viên Huế học nghề gốm tại Icheon</h2><div class="entry-meta">Đăng bởi <a href="/a">Quản trị</a> · 2 Tháng Mười, 2024</div></header>
<div class="entry-content"><p>Mười hai sinh viên Trường Đại học Nghệ thuật Huế vừa kết thúc ba tuần học nghề gốm tại thành phố Icheon, Hàn Quốc.</p>
<div class="wp-caption alignnone"><img src="1.jpg"><p class="wp-caption-text">Lớp học tại xưởng gốm. (Ảnh: Lê Vĩnh)</p></div>
<p>Xem thêm: <a href="/x">Festival gốm Bát Tràng mời thợ Kyoto</a></p>
<p>Đây là hoạt động trong khuôn khổ thỏa thuận giữa Trường Đại học Nghệ thuật Huế và Viện Gốm Icheon ký ngày 4/5/2023.</p>
<blockquote><p>“Chúng tôi muốn mời các bạn trở lại vào mùa xuân”, ông Choi Min-seok, Viện trưởng Viện Gốm, nói.</p></blockquote>
<h3>Kế hoạch năm sau</h3><p>Năm 2025, hai trường dự kiến tổ chức triển lãm chung tại Huế và Icheon, mỗi nơi một tuần lễ.</p></div>
<footer class="entry-footer"><span class="cat-links">Chuyên mục: Giao lưu</span> <span class="tags-links">Thẻ: gốm, Gimhae</span></footer></article>
<div id="comments" class="comments-area"><h2>3 bình luận</h2><ol><li><p>Bài viết rất hay. Tôi từng sang Busan học hai năm, thấy các bạn ở đó cũng rất thân thiện và nhiệt tình với sinh viên Việt Nam mình.</p></li><li><p>Mong trường mở thêm lớp tại Nagoya cho các em khóa sau, vì ở đó có nhiều xưởng gốm lâu đời và nhiều học bổng cho sinh viên Việt Nam.</p></li><li><p>Năm ngoái đoàn Đà Lạt cũng đi Chuncheon theo chương trình tương tự, kinh phí do phía bạn hỗ trợ một nửa, rất đáng để các trường tham khảo.</p></li></ol></div></div>
<aside class="widget-area"><section><h2>Bài viết mới</h2><ul><li><a href="/1">Gặp mặt cựu học sinh Leipzig</a></li><li><a href="/2">Hội nghị tổng kết tại Quảng Điền</a></li></ul></section></aside></div></body></html>)html";

// Names of classes that mean nothing, summaries below the teasers.
constexpr const char* kRandom =
    R"html(<!doctype html><html lang=vi><head><title>Bình Dương và Daejeon bàn chuyện thành phố khoa học | Nhịp Sống Mới</title></head><body><div id="root"><div class="x1a"><div class="k9"><a href=/><img src=l.png></a><a href=/a>Dĩ An</a><a href=/b>Thuận An</a><a href=/c>Bến Cát</a></div></div>
<div class="q2"><div class="z0"><span class="f1">Thứ hai, 6/11/2023</span></div><div class="h0">Bình Dương và Daejeon bàn chuyện thành phố khoa học</div><div class="f1">Phạm Quỳnh • 06-11-2023 07:31</div>
<div class="p0"><div>NSM - Đoàn tỉnh Bình Dương do Chủ tịch UBND tỉnh Đinh Nhật Huy dẫn đầu đã làm việc với chính quyền thành phố Daejeon (Hàn Quốc) trong hai ngày 3 và 4/11.</div>
<div>Tại buổi làm việc, Thị trưởng Daejeon Han Seung-woo giới thiệu mô hình đặc khu nghiên cứu Daedeok, nơi có hơn 40 viện nghiên cứu hoạt động từ những năm 1970.</div>
<div><a href=/r1>Khu công nghiệp Bàu Bàng đón thêm ba nhà máy</a></div>
<div>Ông Đinh Nhật Huy cho biết tỉnh mong muốn gửi cán bộ trẻ sang học tập, trước hết ở lĩnh vực bán dẫn và vật liệu mới.</div>
<div>“Chúng tôi sẵn sàng mở cửa phòng thí nghiệm”, ông Han nói. Hai bên thống nhất lập tổ công tác chung trước tháng 3/2024.</div></div>
<div class="m8"><div>Có thể bạn quan tâm</div><div><a href=/1><img src=1.jpg></a><a href=/1>Tân Uyên khởi công cầu mới</a><div>Dự án có vốn hơn 400 tỷ đồng, nối hai bờ sông và rút ngắn quãng đường về Đồng Xoài cho người dân địa phương.</div></div><div><a href=/2>Phú Giáo: nông dân thu tiền tỷ</a><div>Mô hình trồng dưa lưới công nghệ cao giúp nhiều hộ ở huyện Phú Giáo tăng thu nhập trong hai năm trở lại đây.</div></div></div></div>
<div class="y7">Báo điện tử Nhịp Sống Mới. Giấy phép số 5/GP. Tổng biên tập: Lương Văn Chánh. Tòa soạn: 3 Yersin, Thủ Dầu Một</div></div></body></html>)html";

// A paper whose captions stand in tables and whose related stories stand within the story.
constexpr const char* kPaper = R"html(<!DOCTYPE html><html><head><meta charset=utf-8>
<meta name="its_publication" content="x"><meta itemprop="datePublished" content="2022-04-19T07:00:00+07:00">
<title>Hạ Long học Sejong làm thành phố thông minh - Báo Vịnh Xanh</title></head><body>
<section class="top-header"><ul class="parent"><li><a href="/">Trang chủ</a><li><a href="/2">Vân Đồn</a><li><a href="/3">Tiên Yên</a></ul></section>
<section class="section page-detail top-detail"><div class="container"><div class="sidebar-1">
<div class="header-content"><span class="date">Thứ ba, 19/4/2022, 07:00 (GMT+7)</span></div>
<h1 class="title-detail">Hạ Long học Sejong làm thành phố thông minh</h1>
<p class="description">Ba cán bộ của thành phố Hạ Long vừa dự lớp bồi dưỡng năm ngày tại thành phố Sejong, Hàn Quốc.</p>
<article class="fck_detail"><p class="Normal">Lớp do Viện Đô thị Sejong mở, kết thúc ngày 15/4, với học viên từ sáu thành phố châu Á.</p>
<table class="tplCaption"><tbody><tr><td><img src="1.jpg"></td></tr><tr><td><p class="Image">Học viên thăm trung tâm điều hành Sejong. Ảnh: <em>VIUS</em></p></td></tr></tbody></table>
<ul class="list-news"><li><a href="/a">Cẩm Phả lắp 300 camera</a></li><li><a href="/b">Đông Triều số hóa sổ đỏ</a></li><li><a href="/c">Uông Bí thử xe điện</a></li></ul>
<p class="Normal">Theo bà Tạ Hải Yến, Phó Chủ tịch UBND thành phố, Hạ Long sẽ thí điểm đèn đường thông minh trong năm nay.</p>
<p class="Normal" style="text-align:right;"><strong>Vũ Minh Tiếp</strong></p></article></div>
<div class="sidebar-2"><div class="box-docnhieu"><h3>Xem nhiều</h3><p>Quảng Yên có tân bí thư</p></div></div></div></section>
<p>Chịu trách nhiệm nội dung: Đoàn Văn Hồ. Hòn Gai, 0203.000.000</p></body></html>)html";

// A report published as a page, with a table of data, a letterhead in columns, a signature.
constexpr const char* kReport =
    R"html(<html><head><title>Báo cáo</title></head><body><div class="menu-trai"><a href=1>Văn bản</a> <a href=2>Lịch tiếp dân</a></div>
<table><tr><td><p>UBND TỈNH LẠNG SƠN</p><p><b>SỞ NGOẠI VỤ</b></p><p>Số: 77/BC-SNgV</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p><p><i>Lạng Sơn, ngày 28 tháng 12 năm 2021</i></p></td></tr></table>
<p><b>BÁO CÁO</b></p><p>Công tác hội nhập quốc tế năm 2021</p>
<p>Năm 2021, tỉnh hội đàm trực tuyến bốn lần với thành phố Sùng Tả và thành phố Bằng Tường, Trung Quốc.</p>
<table border=1><tr><th>TT</th><th>Đơn vị</th><th>Nội dung</th></tr><tr><td>1</td><td>Sở Công Thương</td><td><p>Hội nghị trực tuyến với</p><p>Nam Ninh</p></td></tr><tr><td>2</td><td></td><td>Tạm hoãn</td></tr></table>
<p>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</p><p>GIÁM ĐỐC</p><p>(Đã ký)</p><p>Nông Văn Lọc</p></body></html>)html";

// Story in <br>s of a <pre>-less div, entities, a list of other stories under a plain heading.
constexpr const char* kBreaks =
    R"html(<body><h1>Cao B&#7857;ng: h&#7897;i ch&#7907; v&#249;ng bi&ecirc;n v&#7899;i B&aacute;ch S&#7855;c</h1><div>Ng&agrave;y xu&#7845;t b&#7843;n: 02-08-2019<br><br>Sáng 1/8, huyện Trà Lĩnh và thành phố Bách Sắc khai mạc hội chợ vùng biên tại cửa khẩu.<br>Hội chợ có 80 gian hàng &amp; kéo dài bốn ngày; hai bên chưa ký hợp đồng nào.<br><br>Lý Thị Kiều<br><br><b>Tin khác</b><br>Hạ Lang trồng rừng đầu xuân mới<br>Phục Hòa bắt buôn lậu tại chợ đêm</div></body>)html";

}  // namespace

TEST_CASE("a page laid out in tables within a form is read for its story", "[reader][html]") {
  const auto document = read_document("portal.html", kPortal);
  CHECK(fault_of(document).empty());
  CHECK(document.title == "Lãnh đạo thành phố tiếp đoàn Incheon (Hàn Quốc)");
  CHECK(document.published == "2023-03-14");
  check_unread(document,
               {"Kiến Thụy", "Dương Kinh", "Lê Chân", "Vladivostok", "Đỗ Mạnh Khoa", "Thanh Tùng"});
  CHECK(texts(document, BlockKind::Paragraph).size() == 3);
  CHECK(texts(document, BlockKind::Caption) == Texts{"Quang cảnh buổi tiếp đoàn Incheon."});
  CHECK(texts(document, BlockKind::TableRow).empty());
}

TEST_CASE("comments longer than the story are not the story", "[reader][html]") {
  const auto document = read_document("blog.html", kBlog);
  CHECK(fault_of(document).empty());
  CHECK(document.title == "Sinh viên Huế học nghề gốm tại Icheon");
  CHECK(document.published == "2024-10-02");  // of the article in JSON-LD, not when it was changed
  CHECK(document.source == "Hội hữu nghị Huế");
  check_unread(document, {"Osaka", "Lê Vĩnh", "Bát Tràng", "Gimhae", "Busan", "Nagoya", "Chuncheon",
                          "Leipzig", "Quảng Điền"});
  CHECK(texts(document, BlockKind::Quotation).size() == 1);
  CHECK(is_read(document, "Mười hai sinh viên"));
  CHECK(is_read(document, "triển lãm chung"));
}

TEST_CASE("classes that mean nothing do not hide the story", "[reader][html]") {
  const auto document = read_document("random.html", kRandom);
  CHECK(fault_of(document).empty());
  CHECK(document.title == "Bình Dương và Daejeon bàn chuyện thành phố khoa học");
  CHECK(document.published == "2023-11-06");
  CHECK(document.source == "Nhịp Sống Mới");
  check_unread(document, {"Dĩ An", "Bàu Bàng", "Tân Uyên", "Đồng Xoài", "Phú Giáo",
                          "Lương Văn Chánh", "Phạm Quỳnh", "NSM"});
  CHECK(texts(document, BlockKind::Paragraph).size() == 4);
}

TEST_CASE("links within a story and a caption's credit are not read", "[reader][html]") {
  const auto document = read_document("paper.html", kPaper);
  CHECK(fault_of(document).empty());
  CHECK(document.published == "2022-04-19");
  check_unread(document, {"Vân Đồn", "Tiên Yên", "Cẩm Phả", "Đông Triều", "Uông Bí", "VIUS",
                          "Vũ Minh Tiếp", "Quảng Yên", "Đoàn Văn Hồ"});
  CHECK(texts(document, BlockKind::Caption) == Texts{"Học viên thăm trung tâm điều hành Sejong."});
  CHECK(texts(document, BlockKind::Paragraph).size() == 3);
}

TEST_CASE("a report's page keeps its table, letterhead and signature", "[reader][html]") {
  const auto document = read_document("report.html", kReport);
  CHECK(fault_of(document).empty());
  CHECK(document.genre == "report");
  CHECK(document.published == "2021-12-28");
  CHECK(document.title == "BÁO CÁO Công tác hội nhập quốc tế năm 2021");
  CHECK(document.source == "UBND TỈNH LẠNG SƠN");
  CHECK(texts(document, BlockKind::TableRow) ==
        Texts{"TT | Đơn vị | Nội dung", "1 | Sở Công Thương | Hội nghị trực tuyến với Nam Ninh",
              "2 | | Tạm hoãn"});
  CHECK(texts(document, BlockKind::Signature) == Texts{"GIÁM ĐỐC", "(Đã ký)", "Nông Văn Lọc"});
  CHECK(texts(document, BlockKind::Addressees).size() == 3);
  check_unread(document, {"CỘNG HÒA", "Lịch tiếp dân"});
}

TEST_CASE("breaks make lines, entities make letters", "[reader][html]") {
  const auto document = read_document("breaks.htm", kBreaks);
  CHECK(fault_of(document).empty());
  CHECK(document.title == "Cao Bằng: hội chợ vùng biên với Bách Sắc");
  CHECK(document.published == "2019-08-02");
  CHECK(is_read(document, "80 gian hàng & kéo dài"));
  CHECK(texts(document, BlockKind::Paragraph).size() == 2);
  check_unread(document, {"Lý Thị Kiều", "Hạ Lang", "Phục Hòa"});
}

TEST_CASE("what a browser does not show is not stored", "[reader][html]") {
  const auto document =
      read_document("hidden.html",
                    "<title>x</title><style>p{}</style><script>Osaka</script><noscript>Kobe</"
                    "noscript><p style='display: none'>Nara</p>"
                    "<p hidden>Uji</p><template>Otsu</template><!-- Himeji --><p>Thành phố Vinh "
                    "đón đoàn khách quốc tế.</p>");
  CHECK(document.text == "Thành phố Vinh đón đoàn khách quốc tế.");
}

TEST_CASE("a page saved as a text file is read as a page", "[reader][html]") {
  const auto document =
      read_document("trang.txt", "\n<!DOCTYPE html><p>Thành phố Vinh đón khách.</p>");
  CHECK(document.text == "Thành phố Vinh đón khách.");
  CHECK(read_document("text.html", "Không có thẻ nào.\nHai dòng.").text ==
        "Không có thẻ nào.\nHai dòng.");
}

TEST_CASE("nesting beyond what browsers keep is flattened and still read", "[reader][html]") {
  const auto nested = [](const std::string& tag, std::size_t depth) {
    std::string html;
    for (std::size_t i = 0; i < depth; ++i) html += "<" + tag + ">";
    html += "Thành phố Vinh đón đoàn.";
    for (std::size_t i = 0; i < depth; ++i) html += "</" + tag + ">";
    return html;
  };
  for (const auto* tag : {"div", "span", "table", "ul", "b", "a href=x", "svg", "select"}) {
    INFO(tag);
    const std::string html = nested(tag, 100'000);
    const auto document = read_document("deep.html", "<p>Đầu</p>" + html);
    CHECK(fault_of(document).empty());
    CHECK(document.text.starts_with("Đầu"));
  }
  CHECK(read_document("deep.html", nested("div", 100'000)).text == "Thành phố Vinh đón đoàn.");
}

TEST_CASE("mark-up that would grow without bound is refused", "[reader][html]") {
  std::string html = "<p>";
  for (int i = 0; i < 390; ++i) html += "<b id=" + std::to_string(i) + ">";
  html += "</p>";
  for (int i = 0; i < 300'000; ++i) html += "<p>x</p>";  // each opens all those <b> again
  CHECK_THROWS_AS(read_document("grow.html", html), ImportError);
}

TEST_CASE("pages that are not deep are parsed as they are", "[reader][html]") {
  for (const char* page : {kPortal, kBlog, kRandom, kPaper, kReport, kBreaks}) {
    std::string html = page;
    prepare_html(html);
    CHECK(html == page);
  }
}
