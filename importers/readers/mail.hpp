#pragma once

#include <string>
#include <string_view>

#include "importers/readers/inner_files.hpp"
#include "importers/readers/line.hpp"

namespace ketnghia::importers {

// A mail (.eml): its subject as title, its date as that of publication, its sender as source, and
// its text; where it has none, its page as a reader of mail shows it. Throws ImportError naming
// `path`: no headers of a mail, or parts nested too deep.
Page read_mail(std::string_view bytes, const std::string& path);

// The files attached to a mail.
void unpack_mail(std::string_view bytes, const std::string& path, InnerFiles& files);

// A page as browsers save it in one file (.mhtml, .mht): its first part that is a page, read as
// any page. Throws as read_mail() does, and where no part is a page.
Page read_mhtml(std::string_view bytes, const std::string& path);

// Whether a file begins with the headers of either.
bool is_mail(std::string_view bytes);
bool is_mhtml(std::string_view bytes);

}  // namespace ketnghia::importers
