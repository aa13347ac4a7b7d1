#include "cli/verify_many.hpp"

#include "cli/ordered_work.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

#include <algorithm>
#include <thread>

#include <boost/json.hpp>

namespace shep::cli {
namespace {

struct outcome {
  int code = passed;
  std::string complaint;  // of a file that cannot be read
};

struct counts {
  std::size_t passed = 0, failed = 0, undecided = 0, unreadable = 0;

  void add(int code) {
    if (code == cli::passed) ++passed;
    else if (code == cli::failed) ++failed;
    else if (code == cli::undecided) ++undecided;
    else ++unreadable;
  }
  int code() const {
    if (failed != 0) return cli::failed;
    if (unreadable != 0) return environment_error;
    return undecided != 0 ? cli::undecided : cli::passed;
  }
};

std::string with_file(const std::string& file, const eds::report& r) {
  const std::string report = eds::to_json(r);
  return "{\"file\":" + boost::json::serialize(boost::json::value(as_utf8(file))) + "," + report.substr(1) + "\n";
}

std::string as_text(const std::string& file, const eds::report& r) {
  const auto warned = [&](const eds::finding& f) { return f.level == eds::finding::severity::warning; };
  const auto warnings = std::count_if(r.findings.begin(), r.findings.end(), warned);
  // What passes with a reservation is told whole: a line that says "passed" is believed.
  if (r.verdict == eds::indication::total_passed && warnings == 0) return "TOTAL_PASSED  " + file + "\n";
  return "\n" + file + "\n" + eds::to_text(r) + "\n";
}

std::string summary(const counts& c, std::size_t total) {
  std::string text = "verify: " + std::to_string(total) + " files, " + std::to_string(c.passed) + " passed, " + std::to_string(c.failed) +
                     " failed, " + std::to_string(c.undecided) + " undecided";
  if (c.unreadable != 0) text += ", " + std::to_string(c.unreadable) + " not readable";
  return text + "\n";
}

}  // namespace

int exit_code_for(eds::indication i, undecided_as u) {
  if (i == eds::indication::total_passed) return passed;
  if (i == eds::indication::total_failed || u == undecided_as::fail) return failed;
  return u == undecided_as::pass ? passed : undecided;
}

int verify_many(const std::vector<std::string>& files, const many_options& o, const std::function<eds::report(shared_bytes)>& judge) {
  std::vector<outcome> outcomes(files.size());  // each written by the thread that does the piece, read after it was handed over
  const auto work = [&](std::size_t i) -> std::string {
    const auto octets = take_input(files[i]);
    if (!octets) {
      outcomes[i] = {environment_error, describe(octets.error())};
      return {};
    }
    const eds::report r = judge(*octets);
    outcomes[i].code = exit_code_for(r.verdict, o.undecided);
    return o.json ? with_file(files[i], r) : as_text(files[i], r);
  };

  counts total;
  int broken = passed;  // standard output that cannot be written ends the run
  progress shown("verify", files.size());
  const auto take = [&](std::size_t i, std::string text) {
    total.add(outcomes[i].code);
    if (!outcomes[i].complaint.empty()) {
      shown.clear();
      std::fprintf(stderr, "shepsim: %s\n", outcomes[i].complaint.c_str());
    } else if (!text.empty()) {
      shown.clear();
      if (const auto written = emit(text); !written) broken = complain(written.error());
    }
    shown.step();
    return broken == passed;
  };
  ordered_work(files.size(), o.threads != 0 ? o.threads : std::thread::hardware_concurrency(), work, take);
  shown.clear();
  if (broken != passed) return broken;
  const std::string end = summary(total, files.size());
  if (o.json) std::fputs(end.c_str(), stderr);
  else if (const auto written = emit("\n" + end); !written) return complain(written.error());
  return total.code();
}

}  // namespace shep::cli
