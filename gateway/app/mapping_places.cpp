#include "app/mapping_places.hpp"

#include "app/files.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace shep::app {

void mapping_places::open(const std::string& file) {
  auto text = read_file(resolved(root_, file));
  readable_ = text.has_value();
  text_ = readable_ ? std::move(*text) : std::string();
  file_ = file;
  at_ = 0;
  line_ = 1;
}

std::string mapping_places::of(const mocks::mapping& m) {
  if (m.file != file_) open(m.file);
  if (!readable_) return m.file;
  for (const std::string& name : {m.id, m.name}) {
    const std::string wanted = boost::json::serialize(boost::json::string(name));
    // An id or a name that was made for the mapping stands nowhere: not worth a look at the whole file.
    if (m.source.find(wanted) == std::string::npos) continue;
    std::size_t found = text_.find(wanted, at_);
    if (found == std::string::npos) {
      found = text_.find(wanted);
      if (found == std::string::npos) continue;
      at_ = 0;
      line_ = 1;
    }
    const auto begin = text_.begin();
    line_ +=
        static_cast<std::size_t>(std::count(begin + static_cast<std::ptrdiff_t>(at_), begin + static_cast<std::ptrdiff_t>(found), '\n'));
    at_ = found;
    return m.file + ":" + std::to_string(line_);
  }
  return m.file + ":1";
}

}  // namespace shep::app
