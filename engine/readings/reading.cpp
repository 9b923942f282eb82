#include "engine/readings/reading.hpp"

#include <concepts>
#include <limits>
#include <type_traits>

#include "engine/store/encoding.hpp"

namespace ketnghia {
namespace {

using store::ByteReader;

// First byte. A reading is made anew from its document, so an older layout is not read: raise it
// with every change of the layout below.
constexpr std::uint8_t kReadingFormat = 1;

// One list of the fields of each struct serves writing and reading: visit(archive, struct).

class Writing {
 public:
  explicit Writing(std::string& out) : out_(out) {}

  void operator()(const std::string& text) { store::append_text(out_, text); }
  void operator()(int number) { store::append_signed(out_, number); }
  void operator()(float number) { store::append_float(out_, number); }
  void operator()(Grade grade) { out_.push_back(static_cast<char>(grade)); }
  void operator()(const Span& span) {
    store::append_varint(out_, span.begin);
    store::append_signed(out_, static_cast<std::int64_t>(span.end) - span.begin);
  }
  template <typename Item>
  void operator()(const std::vector<Item>& items) {
    store::append_varint(out_, items.size());
    for (const auto& item : items) (*this)(item);
  }
  template <typename Struct>
  void operator()(const Struct& value) {
    visit(*this, value);
  }

 private:
  std::string& out_;
};

class ReadingBack {
 public:
  explicit ReadingBack(ByteReader& in) : in_(in) {}

  void operator()(std::string& text) { text = in_.text(); }
  void operator()(int& number) { number = bounded<int>(in_.signed_varint()); }
  void operator()(float& number) { number = in_.float_number(); }
  void operator()(Grade& grade) {
    const std::uint8_t number = in_.byte();
    if (number > static_cast<std::uint8_t>(Grade::Ocr)) ByteReader::fail();
    grade = Grade{number};
  }
  void operator()(Span& span) {
    const std::uint64_t begin = in_.varint();
    if (begin > UINT32_MAX) ByteReader::fail();
    const std::int64_t size = in_.signed_varint();
    if (size > UINT32_MAX || size < -std::int64_t{UINT32_MAX}) ByteReader::fail();
    span.begin = static_cast<std::uint32_t>(begin);
    span.end = bounded<std::uint32_t>(static_cast<std::int64_t>(begin) + size);
  }
  template <typename Item>
  void operator()(std::vector<Item>& items) {
    // Grown as it is read: a damaged count must not ask for more memory than there are bytes.
    for (std::size_t left = in_.count(); left > 0; --left) (*this)(items.emplace_back());
  }
  template <typename Struct>
  void operator()(Struct& value) {
    visit(*this, value);
  }

 private:
  template <typename Number>
  static Number bounded(std::int64_t number) {
    if (number < std::numeric_limits<Number>::min() ||
        number > std::numeric_limits<Number>::max()) {
      ByteReader::fail();
    }
    return static_cast<Number>(number);
  }

  ByteReader& in_;
};

template <typename Archive, typename... Fields>
void fields(Archive& archive, Fields&... all) {
  (archive(all), ...);
}

}  // namespace

// Found by argument-dependent look-up from the archives above, const or not.

template <typename Archive, typename Struct>
requires std::same_as<std::remove_const_t<Struct>, Quotation>
void visit(Archive& archive, Struct& q) { fields(archive, q.span, q.rule, q.grade, q.confidence); }

template <typename Archive, typename Struct>
requires std::same_as<std::remove_const_t<Struct>, ReadEntity>
void visit(Archive& archive, Struct& e) {
  fields(archive, e.label, e.name, e.aliases, e.kind, e.country, e.place, e.parent, e.identity,
         e.mentions);
}

template <typename Archive, typename Struct>
requires std::same_as<std::remove_const_t<Struct>, ReadHold>
void visit(Archive& archive, Struct& h) {
  fields(archive, h.person, h.body, h.title, h.when, h.quotations);
}

template <typename Archive, typename Struct>
requires std::same_as<std::remove_const_t<Struct>, ReadRole>
void visit(Archive& archive, Struct& r) { fields(archive, r.entity, r.role, r.quotations); }

template <typename Archive, typename Struct>
requires std::same_as<std::remove_const_t<Struct>, ReadEvent>
void visit(Archive& archive, Struct& e) {
  fields(archive, e.kind, e.name, e.when, e.when_text, e.status, e.participants, e.place, e.fields,
         e.part_of, e.quotations);
}

template <typename Archive, typename Struct>
requires std::same_as<std::remove_const_t<Struct>, ReadAgreement>
void visit(Archive& archive, Struct& a) {
  fields(archive, a.kind, a.name, a.when, a.period, a.status, a.count, a.parties, a.fields,
         a.signing, a.quotations);
}

template <typename Archive, typename Struct>
requires std::same_as<std::remove_const_t<Struct>, Reading>
void visit(Archive& archive, Struct& r) {
  fields(archive, r.document, r.title, r.source, r.url, r.published, r.sha256, r.genre, r.entities,
         r.holds, r.events, r.agreements);
}

std::string to_bytes(const Reading& reading) {
  std::string out(1, static_cast<char>(kReadingFormat));
  Writing{out}(reading);
  return out;
}

Reading read_reading(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.byte() != kReadingFormat) ByteReader::fail();
  Reading reading;
  ReadingBack{in}(reading);
  in.expect_done();
  return reading;
}

}  // namespace ketnghia
