// Preloaded into a program under test: answers for names below ".changing.test" from a file, another line each time, as a name server of an
// attacker would. SHEPSIM_NAMES_FILE holds "name address address …"; every look-up is appended to SHEPSIM_NAMES_LOG. Other names go on.
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>
#include <map>
#include <mutex>
#include <netdb.h>
#include <sstream>
#include <string>

namespace {

std::string answer_for(const std::string& name) {
  static std::mutex guard;
  static std::map<std::string, int> asked;
  const std::lock_guard lock(guard);
  const int turn = asked[name]++;
  std::ifstream file(std::getenv("SHEPSIM_NAMES_FILE"));
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string word, address;
    words >> word;
    if (word != name) continue;
    for (int i = 0; i <= turn && words >> word; ++i) address = word;
    std::ofstream(std::getenv("SHEPSIM_NAMES_LOG"), std::ios::app) << name << ' ' << address << '\n';
    return address;
  }
  return {};
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                                                                  addrinfo** found) {
  using function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto real = reinterpret_cast<function>(dlsym(RTLD_NEXT, "getaddrinfo"));
  const std::string name = node == nullptr ? "" : node;
  if (!name.ends_with(".changing.test")) return real(node, service, hints, found);
  const std::string address = answer_for(name);
  addrinfo numeric = hints == nullptr ? addrinfo{} : *hints;
  numeric.ai_flags = (numeric.ai_flags | AI_NUMERICHOST) & ~AI_ADDRCONFIG;
  return address.empty() ? EAI_NONAME : real(address.c_str(), service, &numeric, found);
}
