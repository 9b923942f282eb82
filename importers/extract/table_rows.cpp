// Rows of tables: what a column holds is told by its header, and a row is read as a report line
// "UNIT: what it did with PARTNER, when, with what result".
#include <algorithm>
#include <cctype>
#include <map>

#include "importers/extract/extractor.hpp"
#include "importers/readers/cues.hpp"

namespace ketnghia::importers {

using Kind = Piece::Kind;

namespace {

// "nt", "- nt -", "như trên": the same as in the row above.
bool is_ditto(std::string_view cell) {
  std::string word;
  for (const char c : lower_case(cell)) {
    if (c != ' ' && c != '-' && c != '.' && c != '"' && c != '\t') word += c;
  }
  return word == "nt" || word == "nhưtrên" || word == "〃" || word == "”" || word == "''";
}

bool is_blank(std::string_view cell) {
  return std::none_of(cell.begin(), cell.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80;
  });
}

}  // namespace

// A row of a list of delegations: who led it or came, where it went or who received it, when and
// with what result. Tells whether the table is one.
bool Extractor::delegation_row(const Sentence& sentence, const Block& block) {
  const auto has = [&](std::string_view kind) {
    return std::find(columns_.begin(), columns_.end(), kind) != columns_.end();
  };
  const bool goes = has("destination"), comes = has("guest");
  if (!goes && !comes) return false;
  bool quoted = false;
  const std::vector<Piece> pieces = pieces_of(document_, sentence, tokens_, cues_, referents(), quoted);
  std::map<std::string, std::vector<int>, std::less<>> row;
  Frame frame;
  frame.kind = "visit";
  frame.rule = "event.visit.table_row";
  frame.status = section_status_.empty() ? "held" : section_status_;
  frame.confidence = 0.75F;
  bool repeats = false;
  for (std::size_t i = 0; i < block.cells.size() && i < columns_.size(); ++i) {
    const std::string cell = normalise(block.cells[i].of(document_.source.text)).text;
    if (is_ditto(cell)) {
      row[columns_[i]] = previous_row_[columns_[i]];
      repeats = repeats || !row[columns_[i]].empty();
    }
    for (const Piece& piece : pieces) {
      if (!block.cells[i].contains(stored_span(sentence, piece.span))) continue;
      if (piece.kind == Kind::Group && !piece.bracketed) {
        auto& known = row[columns_[i]];
        known.insert(known.end(), piece.group.entities.begin(), piece.group.entities.end());
      }
      if (piece.kind == Kind::Cue && piece.cue->form == CueForm::Status) frame.status = piece.cue->kind;
      const bool moved = columns_[i] != "time" && frame.status == "postponed";
      if (piece.kind == Kind::Date && (columns_[i] == "time" || moved)) {
        const std::string when = when_of(sentence, piece.date, frame.status != "held");
        if (!when.empty()) {
          frame.when = when;
          frame.when_text = std::string(piece.span.of(sentence.text.text));
        }
      }
    }
    if (columns_[i] == "content") frame.name = cell;
    if (columns_[i] != "result" && columns_[i] != "host") continue;
    const std::vector<CueToken> tokens = tokens_of(cell);
    std::size_t length = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      if (const EventCue* cue = cues_.match(tokens, at, length, {CueForm::Result})) {
        if (cue->kind != "held") frame.status = cue->kind;
        break;
      }
    }
  }
  previous_row_ = row;
  if (frame.status != "none") {
    const auto add = [&](std::string_view column, const char* role) {
      for (const int index : row[std::string(column)])
        add_roles(frame, Group{{index}, is_person(index), false, false},
                  is_person(index) ? "leader" : role);
    };
    add("leader", "guest");
    add("guest", "guest");
    add("unit", comes ? "host" : "guest");
    add("destination", "host");
    add("host", "host");
    const bool sent = std::any_of(frame.roles.begin(), frame.roles.end(), [](const Role& role) {
      return role.role == "guest";
    });
    if (goes && !sent && document_.home >= 0)
      add_roles(frame, Group{{document_.home}, false, false, false}, "guest", true);
    for (const Role& role : frame.roles) {
      if (frame.place < 0 && role.role == "host") frame.place = city_of(role.entity);
    }
    if (frame.when.empty()) frame.when = section_year_.empty() ? year_of_publication() : section_year_;
    frame.elided = true;
    // What is meant by "nt" stands in the row above.
    if (repeats) quote_from_ = previous_begin_;
    if (!frame.roles.empty()) add_event(sentence, std::move(frame));
    quote_from_.reset();
  }
  previous_begin_ = sentence.stored.begin;
  return true;
}

void Extractor::table_row(const Sentence& sentence) {
  const Block& block = document_.source.blocks[static_cast<std::size_t>(sentence.block)];
  if (block.table != table_) {
    table_ = block.table;
    columns_.clear();
    previous_row_.clear();
    previous_name_ = {};
  }
  // The header: at least two cells that say what their column holds.
  std::vector<std::string> kinds(block.cells.size());
  std::size_t known = 0;
  for (std::size_t i = 0; i < block.cells.size(); ++i) {
    const Normalised cell = normalise(block.cells[i].of(document_.source.text));
    const std::vector<CueToken> tokens = tokens_of(cell.text);
    std::size_t length = 0;
    if (tokens.empty()) continue;
    if (const EventCue* cue = cues_.match(tokens, 0, length, {CueForm::Header})) {
      kinds[i] = cue->kind;
      ++known;
    }
  }
  if (known >= 2) {
    columns_ = std::move(kinds);
    previous_row_.clear();
    previous_name_ = {};
    return;
  }
  if (columns_.empty()) return;
  if (delegation_row(sentence, block)) return;

  bool quoted = false;
  const std::vector<Piece> pieces = pieces_of(document_, sentence, tokens_, cues_, referents(), quoted);
  const auto column_of = [&](const Piece& piece) -> std::string_view {
    const Span stored = stored_span(sentence, piece.span);
    for (std::size_t i = 0; i < block.cells.size() && i < columns_.size(); ++i) {
      if (block.cells[i].contains(stored)) return columns_[i];
    }
    return {};
  };

  Group units, partners, actor;
  std::vector<int> bracketed;
  std::string when, when_text, result = "held";
  std::optional<std::size_t> cue_at, agreement_at, sign_at;
  std::size_t content_first = pieces.size(), content_last = 0;
  bool moved = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    const std::string_view column = column_of(piece);
    if (piece.kind == Kind::Group && column == "parties" && !piece.bracketed) {
      for (const int index : piece.group.entities)
        (units.entities.empty() ? units : partners).entities.push_back(index);
    } else if (piece.kind == Kind::Group && (column == "unit" || column == "partner")) {
      Group& side = column == "unit" ? units : partners;
      for (const int index : piece.group.entities) {
        if (piece.bracketed) {
          bracketed.push_back(index);
        } else {
          side.entities.push_back(index);
        }
      }
    } else if (column == "content") {
      content_first = std::min(content_first, i);
      content_last = i;
      if (piece.kind == Kind::Group && !cue_at && !piece.bracketed && !piece.quoted &&
          preposition(pieces, i).empty()) {
        actor = piece.group;
      }
      if (piece.kind == Kind::Cue) {
        const CueForm form = piece.cue->form;
        if (!cue_at && (form == CueForm::Verb || form == CueForm::Noun)) cue_at = i;
        if (!agreement_at && form == CueForm::Agreement) agreement_at = i;
        if (!sign_at && form == CueForm::Sign) sign_at = i;
      }
    } else if (column == "result" && piece.kind == Kind::Cue &&
               piece.cue->form == CueForm::Status) {
      result = piece.cue->kind;
      moved = piece.cue->kind == "postponed";
    }
    if (column == "time" && piece.kind == Kind::Word && piece.word.size() == 4 && when.empty() &&
        std::all_of(piece.word.begin(), piece.word.end(),
                    [](unsigned char c) { return std::isdigit(c) != 0; })) {
      when = when_text = piece.word;  // "Năm ký: 2017"
    }
    if (piece.kind == Kind::Date) {
      const bool better = column == "time" || (column == "result" && moved) ||
                          (column == "content" && when.empty());
      if (better) {
        const std::string told = when_of(sentence, piece.date, result != "held");
        if (!told.empty()) {
          when = told;
          when_text = std::string(piece.span.of(sentence.text.text));
        }
      }
    }
  }
  for (std::size_t i = 0; i < block.cells.size() && i < columns_.size(); ++i) {
    // What came of it may stand in any column that names nobody: "Hiệu lực: Chưa ký".
    if (columns_[i] == "content" || columns_[i] == "unit" || columns_[i] == "partner" ||
        columns_[i] == "parties")
      continue;
    const std::vector<CueToken> tokens =
        tokens_of(normalise(block.cells[i].of(document_.source.text)).text);
    std::size_t length = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const EventCue* cue = cues_.match(tokens, at, length, {CueForm::Result});
      if (cue && cue->kind == "none") return;
      if (cue && cue->kind != "held") result = cue->kind;
      if (cue) break;
    }
  }
  // "-" or "nt" for the name of an instrument: of the kind above.
  std::string above;
  for (std::size_t i = 0; i < block.cells.size() && i < columns_.size(); ++i) {
    if (columns_[i] != "content") continue;
    const std::string cell = normalise(block.cells[i].of(document_.source.text)).text;
    if (is_ditto(cell) || (is_blank(cell) && !partners.entities.empty())) above = previous_name_.name;
  }
  if (!above.empty() && !agreement_at && !cue_at) {
    ReadAgreement made;
    made.kind = previous_name_.kind;
    made.name = above;
    made.when = when.empty() ? fallback_when() : when;
    made.status = result == "held" ? "signed" : "planned";
    quote_from_ = previous_begin_;
    const Quotation quotation = quote(sentence, "agreement.table_row", 0.75F);
    quote_from_.reset();
    made.quotations = {quotation};
    for (const Group* side : {&units, &partners}) {
      for (const int index : side->entities)
        made.parties.push_back({index, is_person(index) ? "signatory" : "party", {quotation}});
    }
    made.fields = fields_.in(above);
    if (result != "cancelled" && made.parties.size() >= 2)
      reading_->agreements.push_back(std::move(made));
    return;
  }
  if (agreement_at) {
    previous_name_.name = std::string(
        Span{pieces[content_first].span.begin, pieces[content_last].span.end}.of(sentence.text.text));
    previous_name_.kind = pieces[*agreement_at].cue->kind;
    previous_begin_ = sentence.stored.begin;
  }
  if (agreement_at && result == "cancelled") return;
  if (content_first >= pieces.size() || (!cue_at && !agreement_at && !sign_at)) return;
  if (section_status_ == "planned" && result == "held") result = "planned";
  if (when.empty()) when = fallback_when();
  const Span content{pieces[content_first].span.begin, pieces[content_last].span.end};
  const std::string content_text(content.of(sentence.text.text));

  Frame frame;
  frame.status = result;
  frame.when = when;
  frame.when_text = when_text;
  frame.fields = fields_.in(content_text);
  frame.name = content_text;
  frame.confidence = 0.8F;
  if (agreement_at && (sign_at || !cue_at || *agreement_at < *cue_at)) {
    // A list of what the document's own place has signed names only the other side.
    const bool ours = std::none_of(columns_.begin(), columns_.end(), [](const std::string& kind) {
      return kind == "unit" || kind == "parties";
    });
    if (ours && units.entities.empty() && document_.home >= 0) units.entities = {document_.home};
    ReadAgreement made;
    made.kind = pieces[*agreement_at].cue->kind;
    made.name = content_text;
    made.when = when;
    made.status = result == "held" ? "signed" : "planned";
    made.fields = frame.fields;
    made.period = period_in(sentence, pieces, content_first, content_last + 1);
    for (const Piece& piece : pieces) {
      if (made.period.empty() && piece.kind == Kind::Date && column_of(piece) == "period")
        made.period = when_of(sentence, piece.date, true);
    }
    const Quotation quotation = quote(sentence, "agreement.table_row", 0.85F);
    made.quotations = {quotation};
    for (const Group* side : {&units, &partners}) {
      for (const int index : side->entities) {
        made.parties.push_back({index, is_person(index) ? "signatory" : "party", {quotation}});
        frame.roles.push_back({index, "signatory", false});
      }
    }
    if (made.parties.size() < 2) return;
    if (sign_at) {  // else a list of what there is, not of what was done
      frame.kind = "signing";
      frame.rule = "event.signing.table_row";
      made.signing = add_event(sentence, std::move(frame));
    }
    reading_->agreements.push_back(std::move(made));
    return;
  }
  if (!cue_at) return;
  const EventCue& cue = *pieces[*cue_at].cue;
  frame.kind = cue.kind;
  frame.rule = "event." + cue.kind + ".table_row";
  if (cue.form == CueForm::Verb && cue.subject == "guest" && !actor.entities.empty()) {
    // "Quận X sang thăm": the content names who came.
    add_roles(frame, actor, "guest");
    add_roles(frame, units, "host");
  } else if (cue.form == CueForm::Verb && cue.subject != "both") {
    add_roles(frame, units, cue.subject);
    add_roles(frame, partners, cue.object);
  } else {
    add_roles(frame, units, "organiser");
    add_roles(frame, partners, "participant");
  }
  take_place(sentence, pieces, *cue_at, *cue_at, frame);
  for (const Role& role : frame.roles) {
    if (frame.place < 0 && role.role == "host") frame.place = city_of(role.entity);
  }
  add_event(sentence, std::move(frame));
}

}  // namespace ketnghia::importers
