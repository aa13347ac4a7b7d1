#include "adapters/forwarding/fixture_files.hpp"

#include "core/date_time.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>

namespace shep::forwarding {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t largest_file = 16 << 20;
constexpr int format_version = 1;

problem cannot(const std::string& doing, const std::string& path, int why) {
  return {problems::environment, "'" + path + "' cannot be " + doing + ": " + std::strerror(why), path};
}

class descriptor {
 public:
  explicit descriptor(int number) : number_(number) {}
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

result<void> write_file(const std::string& path, std::string_view content) {
  const descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0) return cannot("made", path, errno);
  while (!content.empty()) {
    const ssize_t n = ::write(file.get(), content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return cannot("written", path, errno);
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(file.get()) != 0) return cannot("written", path, errno);
  return {};
}

result<std::string> read_file(const std::string& path) {
  const descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0) return cannot("opened", path, errno);
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return cannot("read", path, errno);
  // A pipe or a device would have to be waited for.
  if (!S_ISREG(about.st_mode)) return problem(problems::environment, "'" + path + "' is no plain file", path);
  if (static_cast<std::size_t>(about.st_size) > largest_file)
    return problem(problems::environment, "'" + path + "' is larger than 16 MiB", path);
  std::string content;
  char block[65536];
  for (;;) {
    const ssize_t n = ::read(file.get(), block, sizeof block);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return cannot("read", path, errno);
    if (n == 0) return content;
    content.append(block, static_cast<std::size_t>(n));
    if (content.size() > largest_file) return problem(problems::environment, "'" + path + "' is larger than 16 MiB", path);
  }
}

result<void> make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0) return cannot("made", path, errno);
  return {};
}

std::string mapping_of(const recorded_exchange& r) {
  json::array patterns;
  for (const auto& [path, text] : r.criteria)
    patterns.emplace_back(json::object{{"matchesXPath", json::object{{"expression", path}, {"equalTo", as_utf8(text)}}}});
  json::object shep;
  json::object response;
  if (!r.fault_code.empty()) {
    shep["fault"] = {{"code", as_utf8(r.fault_code)}, {"message", as_utf8(r.status_message)}, {"data", as_utf8(r.fault_data)}};
  } else {
    shep["statusCode"] = as_utf8(r.status_code);
    shep["statusMessage"] = as_utf8(r.status_message);
    if (!r.document.empty()) {
      shep["carrier"] = r.carrier;
      response["bodyFileName"] = r.name + ".xml";
    }
  }
  response["shep"] = std::move(shep);
  json::object request{{"shep", {{"serviceId", {{"equalTo", as_utf8(r.service_id)}}}}}};
  if (!patterns.empty()) request["bodyPatterns"] = std::move(patterns);
  return json::serialize(json::object{{"name", r.name}, {"request", std::move(request)}, {"response", std::move(response)}}) + "\n";
}

std::string manifest_of(const recorded_exchange& r) {
  return json::serialize(json::object{{"version", format_version},
                                      {"serviceId", as_utf8(r.service_id)},
                                      {"exchangeId", r.exchange_id},
                                      {"recordedAt", format_utc(r.at)},
                                      {"httpStatus", r.http_status},
                                      {"request", "request.xml"},
                                      {"response", "response.xml"}}) +
         "\n";
}

result<void> fill(const std::string& folder, const recorded_exchange& r) {
  for (const char* inner : {"/mappings", "/__files"})
    if (const auto made = make_folder(folder + inner); !made) return made;
  const std::pair<std::string, std::string_view> exact[] = {{"/request.xml", *r.request}, {"/response.xml", *r.response}};
  for (const auto& [name, content] : exact)
    if (const auto written = write_file(folder + name, content); !written) return written;
  if (!r.document.empty())
    if (const auto written = write_file(folder + "/__files/" + r.name + ".xml", r.document); !written) return written;
  if (const auto written = write_file(folder + "/mappings/" + r.name + ".json", mapping_of(r)); !written) return written;
  return write_file(folder + "/fixture.json", manifest_of(r));
}

}  // namespace

std::string fixture_name(std::string_view service_id, std::string_view exchange_id) {
  const auto safe = [](std::string_view text, std::size_t most) {
    std::string out;
    for (const char c : text.substr(0, most)) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
      out += plain ? c : '_';
    }
    return out;
  };
  return safe(service_id, 48) + "-" + safe(exchange_id, 48);
}

result<void> write_fixture(const std::string& folder, const recorded_exchange& r) {
  std::error_code failed;
  if (fs::create_directories(folder, failed)) fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) return problem(problems::environment, "the folder '" + folder + "' cannot be made: " + failed.message(), folder);
  const std::string hidden = folder + "/." + r.name + ".partial";
  const std::string whole = folder + "/" + r.name;
  if (const auto made = make_folder(hidden); !made) return made;
  auto done = fill(hidden, r);
  if (done && ::renameat2(AT_FDCWD, hidden.c_str(), AT_FDCWD, whole.c_str(), RENAME_NOREPLACE) != 0)
    done = cannot("given its name", whole, errno);
  if (!done) fs::remove_all(hidden, failed);
  return done;
}

result<fixture> read_fixture(const std::string& folder, const std::string& name) {
  const std::string where = folder + "/" + name;
  auto manifest = read_file(where + "/fixture.json");
  if (!manifest) return manifest.error();
  boost::system::error_code broken;
  json::parse_options shallow;
  shallow.max_depth = 4;
  const json::value value = json::parse(*manifest, broken, {}, shallow);
  const json::object* object = broken ? nullptr : value.if_object();
  const auto number = [&](const char* key) { return object && object->contains(key) ? object->at(key).if_int64() : nullptr; };
  const json::string* service = object && object->contains("serviceId") ? object->at("serviceId").if_string() : nullptr;
  if (number("version") == nullptr || *number("version") != format_version || service == nullptr)
    return problem(problems::environment, "this is no fixture.json of version 1", where + "/fixture.json");
  auto request = read_file(where + "/request.xml");
  if (!request) return request.error();
  auto response = read_file(where + "/response.xml");
  if (!response) return response.error();
  return fixture{std::string(*service), share(std::move(*request)), share(std::move(*response))};
}

std::vector<std::string> fixture_names(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with('.') && at->symlink_status(failed).type() == fs::file_type::directory) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace shep::forwarding
