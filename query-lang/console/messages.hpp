#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace ketnghia::console {

enum class Language { English, Vietnamese };

// "en" or "vi"; nothing for any other.
std::optional<Language> language_named(std::string_view name);

// What fills a {0} of a message: text, or a whole number with its thousands set apart.
class Filling {
 public:
  Filling(std::string_view text) : text_(text) {}
  Filling(const std::string& text) : text_(text) {}
  Filling(const char* text) : text_(text) {}
  template <std::integral Number>
  Filling(Number number) : Filling(static_cast<long long>(number), 0) {}

  const std::string& text() const { return text_; }
  // A number for which a language with plurals has its singular.
  bool one() const { return one_; }

 private:
  Filling(long long number, int);

  std::string text_;
  bool one_ = false;
};

// What the program says to people, in one language: the rows of messages.tsv, compiled in.
//
// In a message {0} is the first filling, and {0:document|documents} the first form where that
// filling is the number 1, else the second.
class Messages {
 public:
  explicit Messages(Language language) : language_(language) {}

  Language language() const { return language_; }
  // A key that messages.tsv does not have is a fault of the program (std::logic_error).
  std::string operator()(std::string_view key, std::initializer_list<Filling> fillings = {}) const;

 private:
  Language language_;
};

}  // namespace ketnghia::console
