#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <exception>
#include <istream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/error.hpp"
#include "engine/evidence/words.hpp"
#include "engine/export/jsonl.hpp"
#include "engine/store/writer.hpp"

namespace ketnghia {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kReadBytes = std::size_t{1} << 20;

// What a line says is not what the format allows; gets its line's number where it is caught.
struct LineFault {
  std::string expected;
};

[[noreturn]] void expected(std::string what) { throw LineFault{std::move(what)}; }

[[noreturn]] void refuse(std::uint64_t line, const std::string& what) {
  throw StoreError(StoreError::Kind::Input, "line " + std::to_string(line) + ": " + what);
}

// The number of an id of the form n123 (`letter` n) or r45.
std::optional<std::uint64_t> kept_number(std::string_view id, char letter) {
  if (id.size() < 2 || id[0] != letter || id[1] == '0') return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), value);
  const bool whole = error == std::errc() && end == id.data() + id.size();
  return whole && value <= kMaxId ? std::optional{value} : std::nullopt;
}

std::string_view text_of(const dom::element& element, const char* what) {
  std::string_view text;
  if (element.get_string().get(text) != simdjson::SUCCESS)
    expected(std::string(what) + " as a text");
  return text;
}

std::uint32_t offset_of(const dom::element& element, const char* what) {
  std::uint64_t offset = 0;
  if (element.get_uint64().get(offset) != simdjson::SUCCESS || offset > UINT32_MAX) {
    expected(std::string(what) + " as a byte offset");
  }
  return static_cast<std::uint32_t>(offset);
}

Value value_of(const dom::element& element);

Map map_of(const dom::object& object) {
  Map map;
  map.reserve(object.size());
  for (const auto field : object) map.emplace_back(std::string(field.key), value_of(field.value));
  // Of a key that is given twice the last one counts, as everywhere in JSON.
  std::stable_sort(map.begin(), map.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  Map unique;
  unique.reserve(map.size());
  for (auto& item : map) {
    if (!unique.empty() && unique.back().first == item.first) {
      unique.back() = std::move(item);
    } else {
      unique.push_back(std::move(item));
    }
  }
  return unique;
}

Value value_of(const dom::element& element) {
  switch (element.type()) {
    case dom::element_type::NULL_VALUE:
      return {};
    case dom::element_type::BOOL:
      return bool{element};
    case dom::element_type::INT64:
      return std::int64_t{element};
    case dom::element_type::UINT64:
      return static_cast<double>(std::uint64_t{element});  // beyond what an integer of ours holds
    case dom::element_type::DOUBLE:
      return double{element};
    case dom::element_type::STRING:
      return std::string(std::string_view{element});
    case dom::element_type::ARRAY: {
      List list;
      for (const auto item : dom::array{element}) list.push_back(value_of(item));
      return list;
    }
    case dom::element_type::OBJECT:
      return map_of(dom::object{element});
  }
  return {};
}

// A scratch file in the system's folder for them, gone when closed.
class ScratchFile {
 public:
  void append(std::uint64_t line, std::string_view text) {
    if (!file_) file_.reset(std::tmpfile());
    const std::uint64_t head[2] = {line, text.size()};
    if (!file_ || std::fwrite(head, sizeof head, 1, file_.get()) != 1 ||
        std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
      fail();
    }
  }

  // Calls `use` with each line, in order.
  template <typename Use>
  void replay(const Use& use) {
    if (!file_) return;
    std::rewind(file_.get());
    std::string text;
    std::uint64_t head[2];
    while (std::fread(head, sizeof head, 1, file_.get()) == 1) {
      text.resize(head[1]);
      if (std::fread(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
      use(head[0], text);
    }
  }

 private:
  [[noreturn]] static void fail() {
    throw StoreError(StoreError::Kind::Io, "cannot keep lines in the folder for temporary files");
  }
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

// The lines of a stream, each followed by the room that simdjson reads beyond the end.
class LineReader {
 public:
  explicit LineReader(std::istream& in) : in_(in) {}

  // Without its line break; valid until the next call. Nothing at the end.
  std::optional<std::string_view> next() {
    for (std::size_t searched = 0;;) {
      const std::string_view left(buffer_.data() + begin_, end_ - begin_);
      const std::size_t line_break = left.find('\n', searched);
      if (line_break != std::string_view::npos) return take(left.substr(0, line_break), 1);
      searched = left.size();
      if (!fill()) {
        if (searched == 0) return std::nullopt;
        return take(std::string_view(buffer_.data() + begin_, searched), 0);
      }
    }
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::string_view take(std::string_view line, std::size_t line_break) {
    begin_ += line.size() + line_break;
    bytes_ += line.size() + line_break;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  bool fill() {
    std::copy(buffer_.data() + begin_, buffer_.data() + end_, buffer_.data());
    end_ -= begin_;
    begin_ = 0;
    const std::size_t needed = end_ + kReadBytes + simdjson::SIMDJSON_PADDING;
    if (buffer_.size() < needed) buffer_.resize(2 * needed);
    in_.read(buffer_.data() + end_, static_cast<std::streamsize>(kReadBytes));
    const auto read = static_cast<std::size_t>(in_.gcount());
    end_ += read;
    if (in_.bad()) throw StoreError(StoreError::Kind::Io, "cannot read the file to load");
    return read > 0;
  }

  std::istream& in_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t bytes_ = 0;
};

// What one line says, ids as they are written.
struct Line {
  struct Cited {
    std::string document;  // empty: none
    Evidence evidence;
  };

  std::uint64_t number = 0;
  bool blank = false;
  std::string fault;  // what was expected; empty: nothing is wrong
  std::string text;   // the line itself, where an id of it is a name
  bool is_node = false;
  std::string id;
  std::vector<std::string> labels;
  std::string type;
  std::string from;
  std::string to;
  Map properties;
  std::vector<Cited> evidence;
  std::optional<std::string> document;  // its text
  std::optional<std::string> sha256;
};

// Reads lines; knows nothing of the store.
class LineParser {
 public:
  // `text` is followed by the padding that simdjson wants.
  Line parse(std::uint64_t number, std::string_view text) {
    Line line;
    line.number = number;
    line.blank = text.find_first_not_of(" \t") == std::string_view::npos;
    if (line.blank) return line;
    named_ = false;
    try {
      dom::element element;
      const auto error = parser_.parse(text.data(), text.size(), false).get(element);
      if (error != simdjson::SUCCESS) {
        expected(std::string("a JSON object (") + simdjson::error_message(error) + ")");
      }
      dom::object object;
      if (element.get_object().get(object) != simdjson::SUCCESS) expected("a JSON object");
      read_object(object, line);
    } catch (LineFault& fault) {
      line.fault = std::move(fault.expected);
    }
    if (named_) line.text = text;
    return line;
  }

 private:
  void read_object(const dom::object& object, Line& line) {
    for (const auto field : object) {
      if (field.key == "node") return read_node(object, line);
      if (field.key == "edge") return read_edge(object, line);
    }
    expected("a \"node\" or an \"edge\" with its id");
  }

  std::string id_of(const dom::element& element, const char* what, char letter) {
    const std::string_view text = text_of(element, what);
    if (text.empty()) expected(std::string(what) + ", not an empty text");
    if (!kept_number(text, letter)) named_ = true;
    return std::string(text);
  }

  void read_node(const dom::object& object, Line& line) {
    line.is_node = true;
    for (const auto [key, value] : object) {
      if (key == "node") {
        line.id = id_of(value, "the node's id", 'n');
      } else if (key == "labels") {
        line.labels = labels_of(value);
      } else if (key == "properties") {
        line.properties = properties_of(value);
      } else if (key == "evidence") {
        read_evidence(value, line);
      } else if (key == "text") {
        line.document.emplace(text_of(value, "\"text\""));
      } else if (key == "sha256") {
        line.sha256.emplace(text_of(value, "\"sha256\""));
      } else {
        unknown(key);
      }
    }
  }

  void read_edge(const dom::object& object, Line& line) {
    for (const auto [key, value] : object) {
      if (key == "edge") {
        line.id = id_of(value, "the edge's id", 'r');
      } else if (key == "type") {
        line.type = text_of(value, "\"type\"");
      } else if (key == "from") {
        line.from = id_of(value, "\"from\"", 'n');
      } else if (key == "to") {
        line.to = id_of(value, "\"to\"", 'n');
      } else if (key == "properties") {
        line.properties = properties_of(value);
      } else if (key == "evidence") {
        read_evidence(value, line);
      } else {
        unknown(key);
      }
    }
    if (line.type.empty()) expected("a \"type\"");
    if (line.from.empty() || line.to.empty()) expected("the ids \"from\" and \"to\"");
  }

  [[noreturn]] static void unknown(std::string_view key) {
    expected("no \"" + std::string(key) + "\" here");
  }

  static std::vector<std::string> labels_of(const dom::element& element) {
    dom::array array;
    if (element.get_array().get(array) != simdjson::SUCCESS)
      expected("\"labels\" as a list of texts");
    std::vector<std::string> labels;
    for (const auto label : array) labels.emplace_back(text_of(label, "a label"));
    return labels;
  }

  static Map properties_of(const dom::element& element) {
    dom::object object;
    if (element.get_object().get(object) != simdjson::SUCCESS)
      expected("\"properties\" as an object");
    return map_of(object);
  }

  void read_evidence(const dom::element& element, Line& line) {
    dom::array array;
    if (element.get_array().get(array) != simdjson::SUCCESS) {
      expected("\"evidence\" as a list of objects");
    }
    for (const auto item : array) {
      dom::object object;
      if (item.get_object().get(object) != simdjson::SUCCESS) expected("an evidence as an object");
      read_evidence(object, line.evidence.emplace_back());
    }
  }

  void read_evidence(const dom::object& object, Line::Cited& cited) {
    Evidence& evidence = cited.evidence;
    evidence.source = Source::Load;
    for (const auto [key, value] : object) {
      if (key == "document") {
        cited.document = id_of(value, "\"document\"", 'n');
      } else if (key == "start") {
        evidence.span.begin = offset_of(value, "\"start\"");
      } else if (key == "end") {
        evidence.span.end = offset_of(value, "\"end\"");
      } else if (key == "quote") {
        evidence.quote = text_of(value, "\"quote\"");
      } else if (key == "rule") {
        evidence.rule = text_of(value, "\"rule\"");
      } else if (key == "grade") {
        const auto grade = grade_named(text_of(value, "\"grade\""));
        if (!grade) expected("\"grade\" as exact, normalised or ocr");
        evidence.grade = *grade;
      } else if (key == "source") {
        const auto source = source_named(text_of(value, "\"source\""));
        if (!source) expected("\"source\" as import, person or load");
        evidence.source = *source;
      } else if (key == "confidence") {
        double confidence = 0;
        if (value.get_double().get(confidence) != simdjson::SUCCESS) {
          expected("\"confidence\" as a number");
        }
        evidence.confidence = static_cast<float>(confidence);
      } else {
        unknown(key);
      }
    }
  }

  dom::parser parser_;
  bool named_ = false;  // an id of the line is a name
};

// Lines read ahead on a thread of their own, while those before them are stored.
//
// Lifetime: the stream outlives it.
// Errors: what reading the stream throws, in its turn.
class LinesAhead {
 public:
  struct Batch {
    std::vector<Line> lines;
    std::uint64_t bytes = 0;  // of the stream up to its end
    std::exception_ptr error;
    bool last = false;
  };

  explicit LinesAhead(std::istream& in) : thread_([this, &in] { read(in); }) {}
  ~LinesAhead() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  LinesAhead(const LinesAhead&) = delete;
  LinesAhead& operator=(const LinesAhead&) = delete;

  Batch next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !batches_.empty(); });
    Batch batch = std::move(batches_.front());
    batches_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return batch;
  }

 private:
  static constexpr std::size_t kBatchBytes = std::size_t{1} << 18;
  static constexpr std::size_t kBatches = 8;

  void read(std::istream& in) {
    Batch batch;
    try {
      LineReader lines(in);
      LineParser parser;
      std::uint64_t number = 0;
      std::uint64_t told = 0;
      while (auto text = lines.next()) {
        ++number;
        constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
        if (number == 1 && text->starts_with(kByteOrderMark))
          text->remove_prefix(kByteOrderMark.size());
        batch.lines.push_back(parser.parse(number, *text));
        batch.bytes = lines.bytes();
        if (batch.bytes - told < kBatchBytes) continue;
        told = batch.bytes;
        if (!give(std::exchange(batch, {}))) return;
      }
      batch.bytes = lines.bytes();
    } catch (...) {
      batch.error = std::current_exception();
    }
    batch.last = true;
    give(std::move(batch));
  }

  // False where nobody wants any more.
  bool give(Batch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || batches_.size() < kBatches; });
    if (stopped_) return false;
    batches_.push_back(std::move(batch));
    lock.unlock();
    changed_.notify_all();
    return true;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> batches_;
  bool stopped_ = false;
  std::thread thread_;  // the last member: it uses all others
};

class JsonlLoader {
 public:
  JsonlLoader(Store& store, std::istream& in, const LoadOptions& options)
      : writer_(store), lines_(in), options_(options) {
    if (const auto last = writer_.view().last_node()) next_node_ = number(*last) + 1;
    if (const auto last = writer_.view().last_edge()) next_edge_ = number(*last) + 1;
  }

  LoadReport load() {
    std::uint64_t line = 0;
    std::uint64_t told = 0;
    for (bool last = false; !last;) {
      LinesAhead::Batch batch = lines_.next();
      for (Line& one : batch.lines) {
        line = one.number;
        store(one);
      }
      if (batch.error) std::rethrow_exception(batch.error);
      last = batch.last;
      report_.bytes = batch.bytes;
      if (report_.bytes - told < kReadBytes) continue;
      told = report_.bytes;
      if (options_.progress) options_.progress({line, told});
      if (cancelled()) return {.cancelled = true};
    }
    keep_ids_only_ = false;
    LineParser parser;
    scratch_.replay([&](std::uint64_t number, std::string& kept) {
      kept.reserve(kept.size() + simdjson::SIMDJSON_PADDING);
      Line one = parser.parse(number, kept);
      store(one);
    });
    put_waiting();
    check_references();
    if (cancelled()) return {.cancelled = true};
    writer_.commit();
    if (options_.progress) options_.progress({line, report_.bytes});
    return report_;
  }

 private:
  bool cancelled() const { return options_.cancelled != nullptr && *options_.cancelled; }

  void store(Line& line) {
    if (line.blank) return;
    if (!line.fault.empty()) refuse(line.number, "expected " + line.fault);
    // Waits until all ids that are kept are known.
    if (keep_ids_only_ && !line.text.empty()) {
      reserve_ids(line);
      scratch_.append(line.number, line.text);
      return;
    }
    line_ = line.number;
    try {
      if (line.is_node) {
        store_node(line);
      } else {
        store_edge(line);
      }
    } catch (const StoreError& error) {
      if (error.kind() != StoreError::Kind::Input) throw;
      refuse(line.number, error.what());
    }
  }

  // Ids that a waiting line keeps are given to nothing else.
  void reserve_ids(const Line& line) {
    const auto reserve = [](const std::string& id, char letter, std::uint64_t& next) {
      if (const auto kept = kept_number(id, letter)) next = std::max(next, *kept + 1);
    };
    if (line.is_node) {
      reserve(line.id, 'n', next_node_);
    } else {
      reserve(line.id, 'r', next_edge_);
    }
    reserve(line.from, 'n', next_node_);
    reserve(line.to, 'n', next_node_);
    for (const auto& cited : line.evidence) reserve(cited.document, 'n', next_node_);
  }

  NodeId node_id(const std::string& text) {
    return NodeId{id_of(text, 'n', next_node_, node_names_)};
  }

  static std::uint64_t id_of(const std::string& text, char letter, std::uint64_t& next,
                             std::unordered_map<std::string, std::uint64_t>& names) {
    if (const auto kept = kept_number(text, letter)) {
      next = std::max(next, *kept + 1);
      return *kept;
    }
    const auto [at, is_new] = names.try_emplace(text, next);
    if (is_new) ++next;
    return at->second;
  }

  void store_node(Line& line) {
    NodeDraft draft;
    draft.id = node_id(line.id);
    draft.labels = std::move(line.labels);
    draft.properties = std::move(line.properties);
    draft.evidence = evidence_of(line);
    if (line.document) {
      writer_.put_document(draft.id, {std::move(*line.document), line.sha256.value_or("")});
      ++report_.documents;
    }
    ++report_.nodes;
    put(std::move(draft), nodes_waiting_);
  }

  void store_edge(Line& line) {
    EdgeDraft draft;
    draft.id = EdgeId{id_of(line.id, 'r', next_edge_, edge_names_)};
    draft.type = std::move(line.type);
    draft.from = node_id(line.from);
    draft.to = node_id(line.to);
    draft.properties = std::move(line.properties);
    draft.evidence = evidence_of(line);
    ++report_.edges;
    const NodeId from = draft.from;
    const NodeId to = draft.to;
    const std::size_t missing = writer_.missing_ends();
    put(std::move(draft), edges_waiting_);
    if (writer_.missing_ends() > missing) {
      referred_.emplace_back(from, line_);
      referred_.emplace_back(to, line_);
    }
  }

  std::vector<Evidence> evidence_of(Line& line) {
    std::vector<Evidence> all;
    all.reserve(line.evidence.size());
    for (auto& [document, evidence] : line.evidence) {
      if (!document.empty()) {
        evidence.document = node_id(document);
        const auto [known, is_new] = documents_.try_emplace(evidence.document, line_);
        if (is_new) referred_.emplace_back(known->first, known->second);
      }
      all.push_back(std::move(evidence));
    }
    return all;
  }

  // Evidence from an import is checked against its document's text, so what comes before that
  // waits for it.
  template <typename Draft>
  void put(Draft&& draft, std::vector<std::pair<std::uint64_t, Draft>>& waiting) {
    report_.evidence += draft.evidence.size();
    const bool early =
        std::any_of(draft.evidence.begin(), draft.evidence.end(), [&](const auto& e) {
          return e.source == Source::Import && !writer_.view().has_document(e.document);
        });
    if (early) {
      waiting.emplace_back(line_, std::move(draft));
    } else {
      writer_.put(draft);
    }
  }

  template <typename Draft>
  void put_waiting(const std::vector<std::pair<std::uint64_t, Draft>>& waiting) {
    for (const auto& [line, draft] : waiting) {
      try {
        writer_.put(draft);
      } catch (const StoreError& error) {
        if (error.kind() != StoreError::Kind::Input) throw;
        refuse(line, error.what());
      }
    }
  }

  void put_waiting() {
    put_waiting(nodes_waiting_);
    put_waiting(edges_waiting_);
  }

  void check_references() {
    for (const auto& [node, line] : referred_) {
      if (writer_.view().contains(node)) continue;
      for (const auto& [name, id] : node_names_) {
        if (id == number(node)) refuse(line, "expected a node \"" + name + "\" in the file");
      }
      refuse(line, "expected a node \"n" + std::to_string(number(node)) + "\" in the file");
    }
  }

  Writer writer_;
  LinesAhead lines_;
  const LoadOptions& options_;
  LoadReport report_;
  std::uint64_t line_ = 0;
  bool keep_ids_only_ = true;
  ScratchFile scratch_;
  std::uint64_t next_node_ = 1;
  std::uint64_t next_edge_ = 1;
  std::unordered_map<std::string, std::uint64_t> node_names_;
  std::unordered_map<std::string, std::uint64_t> edge_names_;
  std::unordered_map<NodeId, std::uint64_t> documents_;     // to the line that names it first
  std::vector<std::pair<NodeId, std::uint64_t>> referred_;  // to be there at the end; line
  std::vector<std::pair<std::uint64_t, NodeDraft>> nodes_waiting_;  // with their lines
  std::vector<std::pair<std::uint64_t, EdgeDraft>> edges_waiting_;
};

}  // namespace

LoadReport load_jsonl(Store& store, std::istream& in, const LoadOptions& options) {
  return JsonlLoader(store, in, options).load();
}

}  // namespace ketnghia
