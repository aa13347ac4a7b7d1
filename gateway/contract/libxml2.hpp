#pragma once

#include "contract/schema_files.hpp"

#include <memory>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlversion.h>

/// libxml2 behind owning pointers. Inside module contract only.
namespace shep::contract {

#if LIBXML_VERSION >= 21200
using libxml2_error = const xmlError*;
#else
using libxml2_error = xmlErrorPtr;
#endif

template <auto Free>
struct free_with {
  template <class T>
  void operator()(T* p) const {
    Free(p);
  }
};
using document_ptr = std::unique_ptr<xmlDoc, free_with<xmlFreeDoc>>;
using schema_ptr = std::unique_ptr<xmlSchema, free_with<xmlSchemaFree>>;
using schema_parser_ptr = std::unique_ptr<xmlSchemaParserCtxt, free_with<xmlSchemaFreeParserCtxt>>;
using validation_ptr = std::unique_ptr<xmlSchemaValidCtxt, free_with<xmlSchemaFreeValidCtxt>>;

inline std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}
inline const xmlChar* chars(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

/// Address of a schema file for libxml2: a scheme that no file system and no network has.
inline constexpr std::string_view address_prefix = "shepsim:///";

/// While it lives, what libxml2 wants to load on this thread comes from these files; otherwise libxml2 loads nothing at all, in this
/// whole process (X15).
class only_these_files {
 public:
  explicit only_these_files(const schema_files&);
  ~only_these_files();
  only_these_files(const only_these_files&) = delete;
  only_these_files& operator=(const only_these_files&) = delete;
};

/// Starts libxml2 and takes its way to files and network away; once, whoever comes first.
void start_libxml2();

/// Parses octets without loading anything; null when they are not XML.
document_ptr read_octets(std::string_view octets, const std::string& address = {});

}  // namespace shep::contract
