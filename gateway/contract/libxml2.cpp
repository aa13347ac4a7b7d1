#include "contract/libxml2.hpp"

#include <mutex>

#include <libxml/xmlschemastypes.h>

namespace shep::contract {
namespace {

// libxml2's loader is a function without an argument of ours, so that what it may serve has to be found by the thread it runs on.
thread_local const schema_files* serving = nullptr;

xmlParserInputPtr serve(const char* address, const char*, xmlParserCtxtPtr context) {
  const std::string_view wanted = address == nullptr ? std::string_view() : std::string_view(address);
  if (serving == nullptr || !wanted.starts_with(address_prefix)) return nullptr;
  const std::string* content = serving->find(wanted.substr(address_prefix.size()));
  if (content == nullptr) return nullptr;
  xmlParserInputBufferPtr buffer =
      xmlParserInputBufferCreateMem(content->data(), static_cast<int>(content->size()), XML_CHAR_ENCODING_NONE);
  if (buffer == nullptr) return nullptr;
  xmlParserInputPtr input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE);
  if (input == nullptr) {
    xmlFreeParserInputBuffer(buffer);
    return nullptr;
  }
  input->filename = reinterpret_cast<const char*>(xmlStrdup(reinterpret_cast<const xmlChar*>(address)));
  return input;
}

}  // namespace

void start_libxml2() {
  static std::once_flag started;
  std::call_once(started, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(serve);
    xmlSchemaInitTypes();
  });
}

only_these_files::only_these_files(const schema_files& files) {
  start_libxml2();
  serving = &files;
}

only_these_files::~only_these_files() { serving = nullptr; }

document_ptr read_octets(std::string_view octets, const std::string& address) {
  constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
  return document_ptr(
      xmlReadMemory(octets.data(), static_cast<int>(octets.size()), address.empty() ? nullptr : address.c_str(), "UTF-8", options));
}

}  // namespace shep::contract
