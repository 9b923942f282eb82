// Rows of tables: what a column holds is told by its header, and a row is read as a report line
// "UNIT: what it did with PARTNER, when, with what result".
#include <algorithm>
#include <cctype>

#include "importers/extract/extractor.hpp"

namespace ketnghia::importers {

using Kind = Piece::Kind;

void Extractor::table_row(const Sentence& sentence) {
  const Block& block = document_.source.blocks[static_cast<std::size_t>(sentence.block)];
  if (block.table != table_) {
    table_ = block.table;
    columns_.clear();
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
    return;
  }
  if (columns_.empty()) return;

  bool quoted = false;
  const std::vector<Piece> pieces = pieces_of(document_, sentence, cues_, referents(), quoted);
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
    if (piece.kind == Kind::Group && (column == "unit" || column == "partner")) {
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
    if (columns_[i] != "result") continue;
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
  if (agreement_at && result == "cancelled") return;
  if (content_first >= pieces.size() || (!cue_at && !agreement_at && !sign_at)) return;
  if (section_status_ == "planned" && result == "held") result = "planned";
  if (when.empty()) when = fallback_when(sentence);
  const Span content{pieces[content_first].span.begin, pieces[content_last].span.end};
  const std::string content_text(content.of(sentence.text.text));

  Frame frame;
  frame.status = result;
  frame.when = when;
  frame.when_text = when_text;
  frame.fields = fields_.in(content_text);
  frame.name = content_text;
  frame.confidence = 0.8F;
  if (agreement_at && (sign_at || !cue_at)) {
    ReadAgreement made;
    made.kind = pieces[*agreement_at].cue->kind;
    made.name = content_text;
    made.when = when;
    made.status = result == "held" ? "signed" : "planned";
    made.fields = frame.fields;
    made.period = period_in(sentence, pieces, content_first, content_last + 1);
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
