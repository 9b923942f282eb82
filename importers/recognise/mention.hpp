#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/span.hpp"
#include "importers/lexicon/tables.hpp"
#include "importers/recognise/syllables.hpp"

namespace ketnghia::importers {

// A sentence as recognisers read it. Borrows all it shows.
struct Line {
  std::string_view text;  // normalised
  std::span<const Token> tokens;
  const Lexicon::Tables& tables;
  bool shouting = false;  // in capitals throughout: they tell nothing

  std::string_view of(const Token& token) const { return token.span.of(text); }
  bool word_at(std::size_t at) const { return at < tokens.size() && tokens[at].is_word(); }
  bool capital_at(std::size_t at) const { return at < tokens.size() && tokens[at].capital(); }
  bool mark_at(std::size_t at, char mark) const {
    return at < tokens.size() && tokens[at].mark == mark;
  }
  // Of the tokens first to last, the latter excluded; there must be one.
  Span bytes(std::size_t first, std::size_t last) const {
    return {tokens[first].span.begin, tokens[last - 1].span.end};
  }
  // Whether a hyphen within a word stands at `at`: "Dong-yeon".
  bool inner_hyphen(std::size_t at) const {
    return mark_at(at, '-') && tokens[at].glued && at + 1 < tokens.size() && tokens[at + 1].glued;
  }
  // Whether the word before `at`, of one syllable or more, is of this context.
  bool after(std::size_t at, Context context) const;
};

enum class MentionKind : std::uint8_t { City, Agency, Person };

// Where a mention stands to the one that holds it.
enum class Inside : std::uint8_t { Plain, Title, Name, Apposed };

// A span of one sentence that names something, as far as the sentence tells what.
struct Mention {
  MentionKind kind = MentionKind::City;
  Span span;  // of the name itself
  Span extent;  // with generic words, honorifics and titles before it, and with "đoàn đại biểu"
  Inside standing = Inside::Plain;
  bool delegation = false;
  // As printed but for abbreviations written out. Agency: without its place ("Sở Y tế"). Empty
  // for a generic word alone ("thành phố") and for a body known by its type alone ("Sở").
  std::string name;
  const char* rule = "";
  bool tentative = false;  // stands only where the document names it more clearly elsewhere

  // City. The places of the gazetteer it may be; none for an unknown one.
  std::vector<int> places;
  int generic = -1;   // index of the generic word, in the tables
  Span with_generic;  // the name and its generic word

  bool word_of_name = false;  // no place but a word of the body's name

  // Agency
  int type = -1;          // index of the type, in the tables
  WordId bare = kNoWord;  // its type alone: the first syllable that tells what it refers to
  std::string body_kind;  // Agency.kind
  bool elided = false;    // its type is printed only before the first of a list
  int place = -1;         // Agency: mention of its place; City: of the place that locates it
  int parent = -1;        // mention of the body it is part of
  int located = -1;       // mention of the place where a mission is: "tại Trung Quốc"

  // Person
  bool part = false;  // only a part of a name: "ông Phong"
};

// A title that a sentence gives a person, or leaves without a name.
struct PostMention {
  int person = -1;  // mention
  int body = -1;    // mention of a body or a place
  int title = -1;   // index of the title, in the tables
  Span title_span;  // without the body
  Span quote;       // title and name
  bool past = false;
};

// What a sentence names. Mentions in order of their extents, those within another after it.
struct LineMentions {
  std::vector<Mention> mentions;
  std::vector<PostMention> posts;
  std::vector<Span> loose;  // runs of capitals that named nothing here
  // A short form given in brackets or in a list of abbreviations, for a mention.
  struct ShortForm {
    Span span;
    int mention;
  };
  std::vector<ShortForm> short_forms;
  // "Về phía Quảng Tây có …", "đoàn Hà Nội do …": from here on people are of this side.
  struct Side {
    std::uint32_t from;  // byte
    int mention;
  };
  std::vector<Side> sides;
};

}  // namespace ketnghia::importers
