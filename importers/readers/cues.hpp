#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/text/characters.hpp"

namespace ketnghia::importers {

// What a line's wording or a page's class says of its part. The words themselves are data:
// importers/lexicon/boilerplate.tsv. A cue is one signal among others, never a verdict.
enum class Cue : std::size_t {
  Teasers,     // heads a list of other stories
  ListCount,   // the words of such a heading in their order: "các",
  ListNoun,    // "tin bài",
  ListWhich,   // "cùng chuyên mục"
  Comments,    // heads or stands for readers' comments
  Link,        // points at another story on the same line
  Furniture,   // menus, log-in, buttons
  Label,       // the name of a section, above a title
  Imprint,     // publisher, licence, printer
  Contact,     // whom the press may call
  Byline,      // author, source
  Credit,      // whose picture it is
  Motto,       // national and party mottoes of a letterhead
  Number,      // "Số" before the number of an official document
  Subject,     // "V/v" before the subject of an official letter
  Addressees,  // "Nơi nhận", "Kính gửi"
  Signature,   // "TM.", "(Đã ký)"
  Post,        // the post above a signature
  Gallery,     // heads a list of captions
  Picture,     // what captions say of a picture
  Connective,  // a word that cannot end a sentence
  Date,        // words beside a date of publication
  Published,   // says that the date beside it is that of publication
  Report,      // genres by the heading of an official document
  Plan,
  Decision,
  Release,
  Bulletin,
  PageMenu,  // classes and ids of a page's elements
  PageFooter,
  PageAside,
  PageRelated,
  PageComments,
  PageShare,
  PageCaption,
  PageByline,
  PageDate,
  PageQuote
};
inline constexpr std::size_t kCueKinds = static_cast<std::size_t>(Cue::PageQuote) + 1;

// A line as cues see it: normalised, lower case, at most about 200 bytes of it.
std::string cue_key(std::string_view line);

// All take a cue_key().
//
// The whole line, but for marks before it and a colon or a count in brackets after it.
bool is_cue(Cue kind, std::string_view key);
// Whether the line heads a list of other stories in words of its own: "Những bài viết đã đăng".
bool heads_stories(std::string_view key);
// The line's beginning, up to the end of a word.
bool starts_with_cue(Cue kind, std::string_view key);
// How many of the cues stand somewhere in the line, whole words.
std::size_t count_cues(Cue kind, std::string_view key);
// Where the last of the cues that stands in the line begins; npos where there is none.
std::size_t last_cue(Cue kind, std::string_view key);

// Whether a value of a class or id attribute holds a word of `kind`, in any of the spellings
// "tin-lien-quan", "tinLienQuan", "tinlienquan".
bool has_class(Cue kind, std::string_view attribute);

}  // namespace ketnghia::importers
