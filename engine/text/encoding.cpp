#include "engine/text/encoding.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/text/utf8.hpp"
#include "engine/text/words.hpp"

namespace ketnghia {
namespace {

struct Name {
  Encoding encoding;
  std::string_view name;
};
constexpr std::array kNames{
    Name{Encoding::Utf8, "utf-8"},       Name{Encoding::Utf16Le, "utf-16le"},
    Name{Encoding::Utf16Be, "utf-16be"}, Name{Encoding::Windows1258, "windows-1258"},
    Name{Encoding::Tcvn3, "tcvn3"},      Name{Encoding::VniWindows, "vni-windows"},
    Name{Encoding::Viscii, "viscii"},    Name{Encoding::Windows1252, "windows-1252"},
};

constexpr std::string_view kBomUtf8 = "\xEF\xBB\xBF";
constexpr std::string_view kBomLe = "\xFF\xFE";
constexpr std::string_view kBomBe = "\xFE\xFF";

// TCVN 5712:1993 from 0xA1 on, as .VnTime and the other ABC fonts show it; those fonts have no
// toned capitals, which share the small letter's byte. Source: TCVN 5712:1993, table 3; agrees
// with glibc's TCVN5712-1 there. Below 0xA0 the standard's other levels have toned capitals,
// documents of Windows its punctuation.
constexpr std::u32string_view kTcvn3 =
    U"ĂÂÊÔƠƯĐăâêôơưđẰ"
    U"\u0323\u0300\u0309\u0303\u0301àảãáạẲằẳẵắẴ"
    U"ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    U"éẹềểễếệìỉỄẾỒĩíịò"
    U"Ổỏõóọồổỗốộờởỡớợù"
    U"ỖủũúụừửữứựỳỷỹýỵỐ";
static_assert(kTcvn3.size() == 0x100 - 0xA1);

// VISCII 1.1 from 0x80 on, and its six letters among the controls. Source: RFC 1456; agrees with
// glibc's VISCII.
constexpr std::u32string_view kViscii =
    U"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    U"ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    U"Õắằặấầẩậẽẹếềểễệố"
    U"ồổỗỠƠộờởịỰỨỪỬơớƯ"
    U"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    U"ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    U"àáâãảăữẫèéêẻìíĩỉ"
    U"đựòóôõỏọụùúũủýợỮ";
static_assert(kViscii.size() == 0x80);

constexpr char32_t viscii_control(unsigned char byte) {
  switch (byte) {
    case 0x02:
      return U'Ẳ';
    case 0x05:
      return U'Ẵ';
    case 0x06:
      return U'Ẫ';
    case 0x14:
      return U'Ỷ';
    case 0x19:
      return U'Ỹ';
    case 0x1E:
      return U'Ỵ';
    default:
      return byte;
  }
}

// Punctuation of Windows that turns up in documents whose fonts define letters only; the rest of
// 0x80 to 0x9F is none of theirs.
constexpr char32_t windows_punctuation(unsigned char byte) {
  switch (byte) {
    case 0x80:
      return 0x20AC;
    case 0x82:
      return 0x201A;
    case 0x84:
      return 0x201E;
    case 0x85:
      return 0x2026;
    case 0x91:
      return 0x2018;
    case 0x92:
      return 0x2019;
    case 0x93:
      return 0x201C;
    case 0x94:
      return 0x201D;
    case 0x95:
      return 0x2022;
    case 0x96:
      return 0x2013;
    case 0x97:
      return 0x2014;
    case 0x99:
      return 0x2122;
    default:
      return kReplacement;
  }
}

// VNI for Windows: a vowel and a byte for its marks. Letters that a single byte has, then the
// bytes of marks in the order of Tone from Level on (0 where there is none). Capitals have the
// byte 0x20 lower, and either case of mark stands after either case of vowel. Source: the tables
// of xvnkb (vni.h) and UniKey (data.cpp), which agree.
struct VniLetter {
  unsigned char byte;
  char32_t letter;
};
constexpr std::array kVniLetters{
    VniLetter{0xF1, U'đ'}, VniLetter{0xF4, U'ơ'}, VniLetter{0xF6, U'ư'},
    VniLetter{0xED, U'í'}, VniLetter{0xEC, U'ì'}, VniLetter{0xE6, U'ỉ'},
    VniLetter{0xF3, U'ĩ'}, VniLetter{0xF2, U'ị'}, VniLetter{0xEE, U'ỵ'},
};
constexpr std::array<unsigned char, 6> kVniTones{0, 0xF8, 0xF9, 0xFB, 0xF5, 0xEF};
constexpr std::array<unsigned char, 6> kVniCircumflex{0xE2, 0xE0, 0xE1, 0xE5, 0xE3, 0xE4};
constexpr std::array<unsigned char, 6> kVniBreve{0xEA, 0xE8, 0xE9, 0xFA, 0xFC, 0xEB};

// The letter that the mark `byte` makes of `vowel`, 0 where it makes none.
char32_t vni_marked(char32_t vowel, unsigned char byte) {
  const auto letter = letter_of(vowel);
  if (!letter || !letter->vowel() || letter->tone != Tone::Level || byte < 0xC0) return 0;
  // Of the letters with marks only ơ and ư are vowels of VNI; its â and ê are bytes of marks.
  if (letter->quality == Quality::Circumflex || letter->quality == Quality::Breve) return 0;
  const auto small = static_cast<unsigned char>(byte | 0x20);
  const auto with = [&](const std::array<unsigned char, 6>& marks, Quality quality) -> char32_t {
    const auto* const found = std::find(marks.begin(), marks.end(), small);
    if (found == marks.end()) return 0;
    Letter marked = *letter;
    marked.quality = quality;
    marked.tone = static_cast<Tone>(found - marks.begin());
    return code_point_of(marked);
  };
  if (letter->base != 'i') {
    if (const char32_t c = with(kVniTones, letter->quality); c != 0) return c;
  }
  if (letter->quality != Quality::None) return 0;
  if (letter->base == 'a' || letter->base == 'e' || letter->base == 'o') {
    if (const char32_t c = with(kVniCircumflex, Quality::Circumflex); c != 0) return c;
  }
  return letter->base == 'a' ? with(kVniBreve, Quality::Breve) : 0;
}

char32_t vni_single(unsigned char byte) {
  const auto small = static_cast<unsigned char>(byte | 0x20);
  for (const VniLetter& single : kVniLetters) {
    if (byte < 0xC0 || single.byte != small) continue;
    Letter letter = *letter_of(single.letter);
    letter.upper = byte != small;
    return code_point_of(letter);
  }
  return byte;
}

std::string decode_vni(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    char32_t c = byte >= 0x80 && byte < 0xA0 ? windows_punctuation(byte) : vni_single(byte);
    if (at + 1 < bytes.size()) {
      if (const char32_t marked = vni_marked(c, static_cast<unsigned char>(bytes[at + 1]))) {
        c = marked;
        ++at;
      }
    }
    append_utf8(text, c);
  }
  return text;
}

char32_t tcvn3_letter(unsigned char byte) {
  return byte < 0x80    ? byte
         : byte < 0xA0  ? windows_punctuation(byte)
         : byte == 0xA0 ? char32_t{0xA0}
                        : kTcvn3[byte - 0xA1U];
}

struct Cases {
  std::size_t capitals = 0;
  std::size_t smalls = 0;  // small letters of which these fonts have a capital
};

Cases tcvn3_cases(std::string_view bytes) {
  Cases cases;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const auto letter = letter_of(tcvn3_letter(byte));
    if (!letter) continue;
    if (letter->upper) ++cases.capitals;
    if (!letter->upper && (byte < 0x80 || letter->tone == Tone::Level)) ++cases.smalls;
  }
  return cases;
}

// Where the letters of a line or word that have capitals in these fonts are all capitals, and
// not just its first, so are the others: "HéI NGHÞ" is shown as "HỘI NGHỊ" by a font of capitals.
std::string decode_tcvn3(std::string_view bytes) {
  std::string text;
  const auto all_capitals = [](Cases cases) { return cases.capitals >= 2 && cases.smalls == 0; };
  for (std::size_t at = 0; at < bytes.size();) {
    const auto line_end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    const bool line = all_capitals(tcvn3_cases(bytes.substr(at, line_end - at)));
    while (at < line_end) {
      const auto word_end = std::min(bytes.find_first_of(" \t\n", at), line_end - 1) + 1;
      const bool raise = line || all_capitals(tcvn3_cases(bytes.substr(at, word_end - at)));
      for (; at < word_end; ++at) {
        const char32_t c = tcvn3_letter(static_cast<unsigned char>(bytes[at]));
        auto letter = raise ? letter_of(c) : std::nullopt;
        if (letter) letter->upper = true;
        append_utf8(text, letter ? code_point_of(*letter) : c);
      }
    }
  }
  return text;
}

std::string decode_viscii(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(text, byte < 0x80 ? viscii_control(byte) : kViscii[byte - 0x80U]);
  }
  return text;
}

std::string decode_by_icu(std::string_view bytes, const char* name) {
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), name);
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

std::string decode_utf16(std::string_view bytes, bool little) {
  std::string text;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? second << 8 | first : first << 8 | second);
  };
  std::size_t at = 0;
  while (at + 1 < bytes.size()) {
    char32_t c = unit(at);
    at += 2;
    if (c >= 0xD800 && c < 0xE000) {
      const char32_t low = c < 0xDC00 && at + 1 < bytes.size() ? unit(at) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      } else {
        c = kReplacement;
      }
    }
    append_utf8(text, c);
  }
  if (at < bytes.size()) append_utf8(text, kReplacement);
  return text;
}

std::string decode_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint c = code_point_at(bytes, at);
    append_utf8(text, c.value);
    at += c.size;
  }
  return text;
}

std::string without_bom(std::string_view bytes, Encoding encoding) {
  const std::string_view bom = encoding == Encoding::Utf8      ? kBomUtf8
                               : encoding == Encoding::Utf16Le ? kBomLe
                               : encoding == Encoding::Utf16Be ? kBomBe
                                                               : std::string_view();
  if (bytes.starts_with(bom)) bytes.remove_prefix(bom.size());
  switch (encoding) {
    case Encoding::Utf8:
      return decode_utf8(bytes);
    case Encoding::Utf16Le:
      return decode_utf16(bytes, true);
    case Encoding::Utf16Be:
      return decode_utf16(bytes, false);
    case Encoding::Windows1258:
      return decode_by_icu(bytes, "windows-1258");
    case Encoding::Windows1252:
      return decode_by_icu(bytes, "windows-1252");
    case Encoding::Tcvn3:
      return decode_tcvn3(bytes);
    case Encoding::VniWindows:
      return decode_vni(bytes);
    case Encoding::Viscii:
      return decode_viscii(bytes);
  }
  return {};
}

std::string composed(std::string text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2& nfc = *icu::Normalizer2::getNFCInstance(status);
  if (nfc.isNormalizedUTF8(text, status)) return text;
  std::string result;
  icu::StringByteSink<std::string> sink(&result, static_cast<int32_t>(text.size()));
  nfc.normalizeUTF8(0, text, sink, nullptr, status);
  return result;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// Whether a capital follows a small letter: wrong readings mix the cases.
bool mixes_case(std::string_view word) {
  bool small = false;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = code_point_at(word, at);
    at += c.size;
    const auto letter = letter_of(c.value);
    if (letter && letter->upper && small) return true;
    small |= letter && !letter->upper;
  }
  return false;
}

// ASCII and the blocks of Vietnamese have a zero or small high byte: in UTF-16 without a BOM
// zeros crowd one parity of the bytes.
constexpr double kZerosOfUtf16 = 0.2;

constexpr std::size_t kSample = 64 * 1024;
constexpr std::size_t kSampleLine = 4 * 1024;  // of one line: some files have a single one

bool is_beyond_ascii(char c) { return (c & 0x80) != 0; }

}  // namespace

double vietnamese_share(std::string_view text) {
  std::size_t marked = 0;
  std::size_t syllables = 0;
  std::optional<Word> before;
  for (auto word = next_word(text, 0); word; word = next_word(text, word->span.end)) {
    const std::string_view letters = word->span.of(text);
    const auto first = static_cast<unsigned char>(letters.front());
    const bool touches = before && before->span.end == word->span.begin;
    if (word->kind == WordKind::Word) {
      if (touches && before->kind == WordKind::Punctuation && !is_ascii(before->span.of(text))) {
        // Counted only between letters: quotation marks stand at one side of a word.
        const std::size_t begin = before->span.begin;
        const auto left = begin == 0 ? ' ' : text[begin - 1];
        if ((left & 0x80) != 0 || (left | 0x20) >= 'a') ++marked;
      }
      if (!is_ascii(letters)) {
        ++marked;
        if (is_vietnamese_syllable(letters) && !mixes_case(letters)) ++syllables;
      }
    } else if (letters == "\uFFFD" || first < 0x20 || first == 0x7F) {
      ++marked;
    }
    before = word;
  }
  return marked == 0 ? 0 : static_cast<double>(syllables) / static_cast<double>(marked);
}

namespace {

// The byte of windows-1252 that shows as `c`; 0 where none does.
unsigned char byte_of_1252(char32_t c) {
  if (c < 0x80 || (c >= 0xA0 && c < 0x100)) return static_cast<unsigned char>(c);
  for (unsigned byte = 0x80; byte < 0xA0; ++byte) {
    if (windows_punctuation(static_cast<unsigned char>(byte)) == c || byte == c)
      return static_cast<unsigned char>(byte);
  }
  return 0;
}

// A line's bytes in a font's encoding; empty where it holds a letter of none.
std::string font_bytes(std::string_view line) {
  std::string bytes;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = code_point_at(line, at);
    at += c.size;
    const unsigned char byte = byte_of_1252(c.value);
    if (byte == 0) return {};
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

// A reading must be so much more Vietnamese, and nearly all Vietnamese itself.
constexpr double kSurelyBetter = 0.4;
constexpr double kSurely = 0.9;
constexpr std::size_t kFontHead = 1024;

}  // namespace

std::string with_font_letters(std::string text) {
  // Nearly every text is Vietnamese from its first lines on, and is not looked at further.
  const auto vietnamese = [](std::string_view part) {
    return vietnamese_share(part) > 1 - kSurelyBetter;
  };
  if (is_ascii(text) || vietnamese(std::string_view{text}.substr(0, kFontHead)) ||
      vietnamese(encoding_sample(text)))
    return text;
  std::string bytes;  // of the lines that may be of a font
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    if (!is_ascii(rest.substr(0, end))) bytes += font_bytes(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  const std::string sample = encoding_sample(bytes);
  std::optional<Encoding> font;
  double best = kSurely;
  for (const Encoding candidate : {Encoding::Tcvn3, Encoding::VniWindows}) {
    if (const double share = vietnamese_share(decode(sample, candidate)); share > best) {
      best = share;
      font = candidate;
    }
  }
  if (!font) return text;
  std::string result;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    const std::string_view line = rest.substr(0, end);
    const std::string read = is_ascii(line) ? std::string{} : decode(font_bytes(line), *font);
    const bool better =
        !read.empty() && vietnamese_share(read) >= vietnamese_share(line) + kSurelyBetter;
    result += better ? std::string_view{read} : line;
    rest.remove_prefix(end);
  }
  return result;
}

std::string encoding_sample(std::string_view bytes) {
  std::string sample;
  for (std::size_t at = 0; sample.size() < kSample;) {
    const auto high =
        std::find_if(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(), is_beyond_ascii);
    if (high == bytes.end()) break;
    // From the beginning of its line, or of its word where that is far, to the like.
    const auto found = static_cast<std::size_t>(high - bytes.begin());
    std::size_t begin = found;
    while (begin > at && bytes[begin - 1] != '\n' && found - begin < kSampleLine) --begin;
    std::size_t end = std::min(bytes.find('\n', found), bytes.size());
    if (end - found > kSampleLine) {
      end = bytes.find_first_of(" <", found + kSampleLine);
      end = std::min({end, bytes.size(), found + kSample});
      while (end < bytes.size() && end > found && (bytes[end] & 0xC0) == 0x80) --end;
    }
    sample += bytes.substr(begin, end - begin);
    sample += '\n';
    at = end;
  }
  return sample.empty() ? std::string{bytes.substr(0, kSample)} : sample;
}

std::optional<Encoding> encoding_named(std::string_view name) {
  for (const Name& known : kNames) {
    const bool same = std::equal(
        name.begin(), name.end(), known.name.begin(), known.name.end(), [](char a, char b) {
          return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
        });
    if (same) return known.encoding;
  }
  return std::nullopt;
}

std::string_view name_of(Encoding encoding) {
  for (const Name& known : kNames) {
    if (known.encoding == encoding) return known.name;
  }
  return {};
}

std::string decode(std::string_view bytes, Encoding encoding) {
  return composed(without_bom(bytes, encoding));
}

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.starts_with(kBomUtf8)) return Encoding::Utf8;
  if (bytes.starts_with(kBomLe)) return Encoding::Utf16Le;
  if (bytes.starts_with(kBomBe)) return Encoding::Utf16Be;
  const std::string_view prefix = bytes.substr(0, kSample);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t at = 0; at < prefix.size(); ++at) zeros[at % 2] += prefix[at] == '\0';
  const double limit = kZerosOfUtf16 * static_cast<double>(prefix.size() / 2);
  if (static_cast<double>(std::max(zeros[0], zeros[1])) > limit) {
    return zeros[1] >= zeros[0] ? Encoding::Utf16Le : Encoding::Utf16Be;
  }
  const std::string sample = encoding_sample(bytes);
  if (is_valid_utf8(sample)) return Encoding::Utf8;
  // Among equals the first: windows-1258 reads Western text too.
  constexpr std::array kCandidates{Encoding::Utf8, Encoding::Windows1258, Encoding::Tcvn3,
                                   Encoding::VniWindows, Encoding::Viscii};
  Encoding best = Encoding::Windows1258;
  double best_share = 0;
  for (const Encoding candidate : kCandidates) {
    const double share = vietnamese_share(decode(sample, candidate));
    if (share > best_share) {
      best_share = share;
      best = candidate;
    }
  }
  return best;
}

}  // namespace ketnghia
