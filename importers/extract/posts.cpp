#include "importers/extract/posts.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "importers/recognise/syllables.hpp"

namespace ketnghia::importers {
namespace {

constexpr std::size_t kNearSentences = 6;  // how far back a title may have its place

class PostResolver {
 public:
  PostResolver(AnnotatedDocument& document, DocumentMentions& mentions,
               const Lexicon::Tables& tables)
      : document_(document), mentions_(mentions), tables_(tables) {}

  void run() {
    sign();
    for (const bool implied : {false, true}) {
      for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
        for (const PostMention& post : mentions_.lines[s].posts) {
          const int person = person_of(s, post);
          if (person < 0 || title_of(post).rank == TitleClass::Rank ||
              title_of(post).rank == TitleClass::Role) {
            continue;
          }
          const int body = entity(s, post.body);
          if (!implied && body >= 0) add_hold(s, post, person, body, 0.9F);
          if (implied && body < 0 && !has_title(person, title_name(s, post))) {
            if (const int guess = implied_body(s, post); guess >= 0) {
              add_hold(s, post, person, guess, 0.7F);
            }
          }
        }
      }
    }
    link_titles_alone();
  }

 private:
  const Title& title_of(const PostMention& post) const {
    return tables_.titles[static_cast<std::size_t>(post.title)];
  }
  ReadEntity& read(int index) { return document_.entities[static_cast<std::size_t>(index)]; }
  int entity(std::size_t s, int m) const {
    return m < 0 ? -1 : mentions_.entities[s][static_cast<std::size_t>(m)];
  }
  const Mention& mention(std::size_t s, int m) const {
    return mentions_.lines[s].mentions[static_cast<std::size_t>(m)];
  }
  const Block& block(std::size_t s) const {
    return document_.source.blocks[static_cast<std::size_t>(document_.sentences[s].block)];
  }

  // Whom the title is of; in a row of a table that names one person, a title alone is that
  // person's ("Chức vụ: Giám đốc Sở Ngoại vụ").
  int person_of(std::size_t s, const PostMention& post) const {
    const int person = entity(s, post.person);
    if (person >= 0 || block(s).kind != BlockKind::TableRow) return person;
    return person_of_row(s);
  }

  int person_of_row(std::size_t s) const {
    int found = -1;
    for (std::size_t i = s + 1; i-- > 0;) {
      if (document_.sentences[i].block != document_.sentences[s].block) break;
      for (std::size_t m = 0; m < mentions_.lines[i].mentions.size(); ++m) {
        const int index = mentions_.entities[i][m];
        if (mentions_.lines[i].mentions[m].kind != MentionKind::Person || index < 0) continue;
        if (found >= 0 && found != index) return -1;
        found = index;
      }
    }
    return found;
  }

  std::string title_name(std::size_t s, const PostMention& post) const {
    const Title& title = title_of(post);
    const std::string printed(post.title_span.of(document_.sentences[s].text.text));
    const std::string key = fold_syllable(printed);
    const std::string name = fold_syllable(title.name);
    if (!key.starts_with(name)) return title.name;
    return title.name + printed.substr(std::min(printed.size(), title.name.size()));
  }

  bool has_title(int person, const std::string& title) const {
    return std::any_of(document_.holds.begin(), document_.holds.end(), [&](const ReadHold& hold) {
      return hold.person == person && fold_syllable(hold.title).starts_with(fold_syllable(title));
    });
  }

  void add_hold(std::size_t s, const PostMention& post, int person, int body, float confidence) {
    const Sentence& sentence = document_.sentences[s];
    Quotation quote = quotation(sentence, post.quote, "post.title", confidence);
    if (entity(s, post.person) < 0) quote.span = joined(person, quote.span);
    add_hold(person, body, title_name(s, post), post.past, std::move(quote));
  }

  // The person's first mention and the title's span as one, where they are apart.
  Span joined(int person, Span title) {
    Span best = title;
    for (const Quotation& mention : read(person).mentions) {
      if (mention.span.begin <= title.begin) best.begin = mention.span.begin;
    }
    return best;
  }

  void add_hold(int person, int body, std::string title, bool past, Quotation quote) {
    for (ReadHold& hold : document_.holds) {
      if (hold.person == person && hold.body == body &&
          fold_syllable(hold.title) == fold_syllable(title)) {
        hold.quotations.push_back(std::move(quote));
        return;
      }
    }
    ReadHold hold;
    hold.person = person;
    hold.body = body;
    hold.title = std::move(title);
    if (past) {
      const std::string& published = document_.source.published;
      hold.when = published.empty() ? "XXXX" : "../" + published;
    }
    hold.quotations.push_back(std::move(quote));
    document_.holds.push_back(std::move(hold));
  }

  // What a title without a body is of: "Phó Chủ nhiệm" of the committee whose delegation is
  // being told of, "Cục trưởng" of the last Cục, "Phó Thị trưởng" of the side's city.
  int implied_body(std::size_t s, const PostMention& post) {
    const Title& title = title_of(post);
    const std::uint32_t byte = post.title_span.begin;
    const int side = side_entity(s, byte);
    if (title.body == TitleBody::Place) {
      if (side >= 0) return read(side).label == "City" ? side : read(side).place;
      return last_foreign_place(s, byte, title.name);
    }
    if (title.body == TitleBody::Country) return implied_country(s, post);
    if (title.body != TitleBody::Agency && title.body != TitleBody::Unit) return -1;
    if (title.name.ends_with("iệu trưởng")) {
      const int near = school_near(s, byte);
      return near >= 0 ? near : last_agency(s, byte, "", -1, "education");
    }
    const std::string head = fold_syllable(title.name.substr(0, title.name.find(' ')));
    for (const std::string_view type : {"cục", "vụ", "viện", "hội"}) {
      const std::string key(type);
      const bool named = head == key || fold_syllable(title.name) == "phó " + key + " trưởng";
      if (named) return last_agency(s, byte, key);
    }
    if (side >= 0 && read(side).label == "Agency") return side;
    // A section's head in a row of a table: of the body that the row tells the person to be of.
    if (title.body == TitleBody::Unit && block(s).kind == BlockKind::TableRow) {
      return last_agency(s, byte, "", document_.sentences[s].block);
    }
    return -1;
  }

  // "Tại điểm cầu Voronezh có ông …, Hiệu trưởng": the school of the place that the sentence names
  // before, else the one it names itself.
  int school_near(std::size_t s, std::uint32_t byte) {
    const auto& line = mentions_.lines[s].mentions;
    for (std::size_t m = line.size(); m-- > 0;) {
      const int index = mentions_.entities[s][m];
      if (index < 0 || line[m].span.begin >= byte) continue;
      if (line[m].kind == MentionKind::Agency && read(index).kind == "education") return index;
      if (line[m].kind != MentionKind::City || read(index).kind == "Country") continue;
      int found = -1;
      for (std::size_t i = 0; i < document_.entities.size(); ++i) {
        const ReadEntity& school = document_.entities[i];
        if (school.label != "Agency" || school.kind != "education") continue;
        const bool there = school.place == index || school.name.ends_with(' ' + read(index).name);
        if (!there && !(school.place >= 0 && read(school.place).place == index)) continue;
        if (found < 0 || school.mentions.size() > read(found).mentions.size())
          found = static_cast<int>(i);
      }
      if (found >= 0) return found;
    }
    return -1;
  }

  // The last foreign place named before that has such a head: "quận trưởng" of the last quận. A
  // Vietnamese place has none of these.
  int last_foreign_place(std::size_t s, std::uint32_t byte, std::string_view title) {
    const std::string_view wanted = title.ends_with("uận trưởng") || title.ends_with("uyện trưởng")
                                        ? std::string_view("District")
                                    : title.ends_with("ỉnh trưởng") ? std::string_view("Province")
                                    : title.ends_with("hị trưởng")  ? std::string_view("Municipality")
                                                                    : std::string_view();
    const std::size_t first = s > kNearSentences ? s - kNearSentences : 0;
    for (std::size_t i = s + 1; i-- > first;) {
      const auto& line = mentions_.lines[i].mentions;
      for (std::size_t m = line.size(); m-- > 0;) {
        const int index = mentions_.entities[i][m];
        if (line[m].kind != MentionKind::City || index < 0) continue;
        if (i == s && line[m].span.begin >= byte) continue;
        const ReadEntity& place = read(index);
        if (place.country == "VN" || place.kind == "Country") continue;
        if (wanted.empty() || place.kind == wanted) return index;
      }
    }
    return -1;
  }

  // "Tổng Bí thư, Chủ tịch nước Trung Quốc Tập Cận Bình": that of the other title. A Vietnamese
  // text names no country for its own.
  int implied_country(std::size_t s, const PostMention& post) {
    for (const PostMention& other : mentions_.lines[s].posts) {
      const int body = entity(s, other.body);
      if (other.person == post.person && body >= 0 && read(body).kind == "Country") return body;
    }
    for (std::size_t i = 0; i < document_.entities.size(); ++i) {
      const ReadEntity& country = document_.entities[i];
      if (country.kind == "Country" && country.country == "VN") return static_cast<int>(i);
    }
    return -1;
  }

  int side_entity(std::size_t s, std::uint32_t byte) const {
    int found = -1;
    for (const LineMentions::Side& side : mentions_.lines[s].sides) {
      if (side.from < byte) found = entity(s, side.mention);
    }
    return found;
  }

  // The last body before a byte whose name begins with the word `type`, any where it is empty;
  // in one block only, where `within` is one, and of one Agency.kind, where `kind` is one.
  int last_agency(std::size_t s, std::uint32_t byte, const std::string& type, int within = -1,
                  std::string_view kind = {}) {
    for (std::size_t i = s + 1; i-- > 0;) {
      if (within >= 0 && document_.sentences[i].block != within) break;
      const auto& line = mentions_.lines[i].mentions;
      for (std::size_t m = line.size(); m-- > 0;) {
        const int index = mentions_.entities[i][m];
        if (line[m].kind != MentionKind::Agency || index < 0) continue;
        if (i == s && line[m].span.begin >= byte) continue;
        if (!kind.empty() && read(index).kind != kind) continue;
        if (type.empty() || fold_syllable(read(index).name).starts_with(type + ' ')) return index;
      }
    }
    return -1;
  }

  // "GIÁM ĐỐC / (Đã ký) / Bùi Thế Vinh": the last title before the name, held of the body it
  // names or of the one in whose name the document is written.
  void sign() {
    std::optional<std::pair<std::size_t, const PostMention*>> last;
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
      if (block(s).kind != BlockKind::Signature) continue;
      for (const PostMention& post : mentions_.lines[s].posts) {
        if (entity(s, post.person) < 0) last = {s, &post};
      }
      if (!last) continue;
      const int person = signing_person(s);
      if (person < 0) continue;
      const auto [title_line, post] = *last;
      int body = entity(title_line, post->body);
      if (body < 0) body = issuing_body(title_line);
      if (body >= 0) {
        const Sentence& sentence = document_.sentences[title_line];
        Quotation quote = quotation(sentence, post->title_span, "post.signature", 0.9F);
        const Quotation& name = read(person).mentions.back();
        quote.span = {std::min(quote.span.begin, name.span.begin),
                      std::max(quote.span.end, name.span.end)};
        const std::string title = title_of(*post).name;
        if (!has_title(person, title)) add_hold(person, body, title, post->past, std::move(quote));
      }
      last.reset();
    }
  }

  // The person whose name stands in a line of the signature, entered where it is new.
  int signing_person(std::size_t s) {
    for (std::size_t m = 0; m < mentions_.lines[s].mentions.size(); ++m) {
      const Mention& found = mentions_.lines[s].mentions[m];
      if (found.kind == MentionKind::Person && mentions_.entities[s][m] >= 0) {
        return mentions_.entities[s][m];
      }
    }
    return -1;
  }

  // The body that a letterhead names last, or the last named in capitals above the signature.
  int issuing_body(std::size_t before) {
    int found = -1;
    for (std::size_t s = 0; s < before; ++s) {
      const BlockKind kind = block(s).kind;
      if (kind != BlockKind::Letterhead && kind != BlockKind::Signature) continue;
      for (std::size_t m = 0; m < mentions_.lines[s].mentions.size(); ++m) {
        const Mention& body = mentions_.lines[s].mentions[m];
        const int index = mentions_.entities[s][m];
        if (body.kind == MentionKind::Agency && index >= 0 && body.standing == Inside::Plain) {
          found = index;
        }
      }
    }
    return found;
  }

  // "Bí thư Thành ủy Hà Nội nói": whoever the document says to hold the post.
  void link_titles_alone() {
    for (std::size_t s = 0; s < mentions_.lines.size(); ++s) {
      for (const PostMention& post : mentions_.lines[s].posts) {
        if (entity(s, post.person) >= 0) continue;
        const int person = holder(s, post);
        if (person < 0) continue;
        mentions_.entities[s][static_cast<std::size_t>(post.person)] = person;
        read(person).mentions.push_back(
            quotation(document_.sentences[s], mention(s, post.person).span, "person.post", 0.7F));
      }
    }
  }

  int holder(std::size_t s, const PostMention& post) {
    const int body = entity(s, post.body);
    if (post.body >= 0 && body < 0) return -1;
    const std::string title = fold_syllable(title_name(s, post));
    int found = -1;
    for (const ReadHold& hold : document_.holds) {
      if (fold_syllable(hold.title) != title || (body >= 0 && hold.body != body)) continue;
      if (found >= 0 && found != hold.person) return -1;
      found = hold.person;
    }
    return found;
  }

  AnnotatedDocument& document_;
  DocumentMentions& mentions_;
  const Lexicon::Tables& tables_;
};

}  // namespace

void resolve_posts(AnnotatedDocument& document, DocumentMentions& mentions,
                   const Lexicon::Tables& tables) {
  PostResolver(document, mentions, tables).run();
}

}  // namespace ketnghia::importers
