#include "importers/readers/xml.hpp"

#include <expat.h>

#include <exception>
#include <memory>
#include <type_traits>

#include "importers/import_error.hpp"

namespace ketnghia::importers {
namespace {

constexpr char kSeparator = '\x01';  // between a namespace and a name

std::string_view local_name(std::string_view name) {
  const auto separator = name.rfind(kSeparator);
  return separator == std::string_view::npos ? name : name.substr(separator + 1);
}

class Reader {
 public:
  Reader(const std::string& path, const std::string& part, XmlEvents& events)
      : path_(path),
        part_(part),
        events_(events),
        parser_(XML_ParserCreateNS(nullptr, kSeparator)) {
    if (!parser_) throw ImportError(path, part, "no memory to read it");
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const char* name, const char** attributes) {
          of(self).guarded([&](Reader& reader) {
            if (++reader.depth_ > kMaxXmlDepth) {
              reader.fail("nested deeper than " + std::to_string(kMaxXmlDepth) + " elements");
            }
            reader.events_.open(local_name(name), XmlAttributes(attributes));
          });
        },
        [](void* self, const char* name) {
          of(self).guarded([&](Reader& reader) {
            --reader.depth_;
            reader.events_.close(local_name(name));
          });
        });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int size) {
      of(self).guarded([&](Reader& reader) {
        reader.events_.text({text, static_cast<std::size_t>(size)});
      });
    });
    XML_SetStartDoctypeDeclHandler(
        parser_.get(), [](void* self, const char*, const char*, const char*, int) {
          of(self).guarded([](Reader& reader) {
            reader.fail("it declares a document type, as no such document does");
          });
        });
  }

  void read(std::string_view xml) {
    const auto status =
        XML_Parse(parser_.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE);
    if (failure_) std::rethrow_exception(failure_);
    if (status != XML_STATUS_OK) fail(XML_ErrorString(XML_GetErrorCode(parser_.get())));
  }

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  static Reader& of(void* self) { return *static_cast<Reader*>(self); }

  [[noreturn]] void fail(const std::string& reason) const {
    throw ImportError(
        path_, part_ + " line " + std::to_string(XML_GetCurrentLineNumber(parser_.get())), reason);
  }

  // No exception may pass through the library.
  template <typename Body>
  void guarded(const Body& body) {
    if (failure_) return;
    try {
      body(*this);
    } catch (...) {
      failure_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }

  const std::string& path_;
  const std::string& part_;
  XmlEvents& events_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  std::exception_ptr failure_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const char** pair = pairs_; *pair; pair += 2) {
    if (local_name(*pair) == name) return pair[1];
  }
  return {};
}

void read_xml(std::string_view xml, const std::string& path, const std::string& part,
              XmlEvents& events) {
  Reader(path, part, events).read(xml);
}

}  // namespace ketnghia::importers
