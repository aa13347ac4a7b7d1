#include "cli/output.hpp"
#include "cli/signing_options.hpp"

#include <CLI/CLI.hpp>

namespace shep::cli {
namespace {

struct sign_options {
  std::string file;
  std::string output = "-";
  signing_options how;
};

int sign(const sign_options& o) {
  const auto bytes = take_input(o.file);
  if (!bytes) return complain(bytes.error());
  const auto done = o.how.sign(*bytes);
  if (!done) return complain(done.error());
  const auto written = emit(*done, o.output);
  return written ? passed : complain(written.error());
}

}  // namespace

void add_sign(CLI::App& program, action& chosen) {
  auto options = std::make_shared<sign_options>();
  CLI::App* command = program.add_subcommand("sign", "sign a SOAP message (WS-Security) or a document (enveloped)");
  command->add_option("FILE", options->file, "the file, or - for standard input")->required();
  command->add_option("--output,-o", options->output, "where to write; - for standard output")->capture_default_str();
  options->how.add_to(*command, true);
  command->callback([options, &chosen] { chosen = [options] { return sign(*options); }; });
}

}  // namespace shep::cli
