#pragma once

#include <string_view>

namespace shep::forensics {

/// The page's style sheet; its SHA-256 stands in the page's policy.
inline constexpr std::string_view page_style =
    "body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1b1f24;background:#fff}"
    "h1{font-size:1.4rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid #d0d7de}h3{font-size:1rem;margin:1rem 0 .25rem}"
    ".verdict{padding:.75rem 1rem;border-radius:.4rem;font-size:1.2rem;font-weight:600}"
    ".passed{background:#dafbe1}.failed{background:#ffebe9}.undecided{background:#fff8c5}"
    ".cause{border-left:.4rem solid #cf222e;background:#fff5f5;padding:.5rem 1rem;margin:.75rem 0}"
    ".hint{border-left:.4rem solid #bf8700;background:#fffbea;padding:.5rem 1rem;margin:.75rem 0}"
    "dl{display:grid;grid-template-columns:9rem 1fr;gap:.15rem .75rem;margin:.25rem 0}dt{color:#57606a}dd{margin:0;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .5rem;border-bottom:1px solid "
    "#eaeef2;vertical-align:top;overflow-wrap:anywhere}"
    "pre{font:13px/1.45 "
    "ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f8fa;padding:.5rem;border-radius:.4rem}"
    ".n{color:#8c959f;user-select:none}.s{background:#dafbe1}.u{background:#ffebe9}.c{background:#ffd8a8;border-radius:.2rem;font-weight:"
    "600}"
    ".name{font-family:ui-monospace,monospace;font-weight:600}"
    "@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}pre{background:#161b22}.passed,.s{background:#12361f}"
    ".failed,.u{background:#4b1113}.undecided{background:#3d2e00}.cause{background:#2a1215}.hint{background:#272115}.c{background:#7a4a00}"
    "td,th{border-color:#30363d}h2{border-color:#30363d}dt,.n{color:#8b949e}}";

}  // namespace shep::forensics
