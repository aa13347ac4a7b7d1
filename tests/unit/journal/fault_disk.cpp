#include "unit/journal/fault_disk.hpp"

#include "unit/journal/support.hpp"

#include <filesystem>
#include <map>
#include <sqlite3.h>
#include <stdexcept>
#include <vector>

namespace shep::journal::test {
namespace {

struct pending_write {
  sqlite3_int64 offset;
  std::string octets;
};

struct remembered_file {
  std::string synced;
  std::vector<pending_write> pending;
};

struct disk_state {
  sqlite3_vfs* real = nullptr;
  fault_disk::kind refusing = fault_disk::kind::none;
  std::uint64_t countdown = 0, more = 0;
  bool refused = false;
  std::map<std::string, remembered_file> files;
};

disk_state disk;  // the object of this file's only user; SQLite's callbacks carry no better place

/// The file handle SQLite gets: ours, followed by the system's.
struct handle {
  sqlite3_file base;
  std::string* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

handle& of(sqlite3_file* f) { return *reinterpret_cast<handle*>(f); }
sqlite3_file* real(sqlite3_file* f) { return of(f).real(); }

bool refuses(fault_disk::kind k) {
  const bool writes = k != fault_disk::kind::sync_error;
  const bool wanted = disk.refusing != fault_disk::kind::none && writes == (disk.refusing != fault_disk::kind::sync_error);
  if (!wanted || (disk.countdown > 0 && --disk.countdown > 0)) return false;
  if (disk.more-- == 0) disk.refusing = fault_disk::kind::none;
  disk.refused = true;
  return true;
}

void apply(std::string& content, const pending_write& w, std::size_t length) {
  if (w.octets.empty() && w.offset < 0) {  // a truncation to -offset - 1
    content.resize(static_cast<std::size_t>(-w.offset - 1));
    return;
  }
  const auto offset = static_cast<std::size_t>(w.offset);
  if (content.size() < offset + length) content.resize(offset + length);
  content.replace(offset, length, w.octets, 0, length);
}

int close_file(sqlite3_file* f) {
  const int code = real(f)->pMethods->xClose(real(f));
  delete of(f).name;
  return code;
}

int write_to(sqlite3_file* f, const void* data, int size, sqlite3_int64 offset) {
  const fault_disk::kind how = disk.refusing;
  if (refuses(fault_disk::kind::write_error)) return how == fault_disk::kind::write_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  disk.files[*of(f).name].pending.push_back({offset, std::string(static_cast<const char*>(data), static_cast<std::size_t>(size))});
  return real(f)->pMethods->xWrite(real(f), data, size, offset);
}

int truncate(sqlite3_file* f, sqlite3_int64 size) {
  disk.files[*of(f).name].pending.push_back({-size - 1, {}});
  return real(f)->pMethods->xTruncate(real(f), size);
}

int sync(sqlite3_file* f, int) {
  remembered_file& file = disk.files[*of(f).name];
  if (refuses(fault_disk::kind::sync_error)) {
    file.pending.clear();  // what the kernel does: the pages are marked clean, the next sync has nothing left to write
    return SQLITE_IOERR_FSYNC;
  }
  for (const pending_write& w : file.pending) apply(file.synced, w, w.octets.size());
  file.pending.clear();
  return SQLITE_OK;  // the real disk stays out of it: what survives is decided here
}

const sqlite3_io_methods methods = {
    3,
    close_file,
    [](sqlite3_file* f, void* to, int size, sqlite3_int64 offset) { return real(f)->pMethods->xRead(real(f), to, size, offset); },
    write_to,
    truncate,
    sync,
    [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int what, void* with) { return real(f)->pMethods->xFileControl(real(f), what, with); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** at) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, at);
    },
    [](sqlite3_file* f, int offset, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), offset, n, flags); },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    [](sqlite3_file*, sqlite3_int64, int, void** at) {
      *at = nullptr;
      return SQLITE_OK;
    },
    [](sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; },
};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* out) {
  handle& h = of(f);
  h.base.pMethods = nullptr;
  const int code = disk.real->xOpen(disk.real, name, h.real(), flags, out);
  if (code != SQLITE_OK) return code;
  h.name = new std::string(name ? name : "temporary");
  h.base.pMethods = &methods;
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs*, const char* name, int) {
  disk.files.erase(name);
  return disk.real->xDelete(disk.real, name, 0);
}

sqlite3_vfs ours;

}  // namespace

fault_disk::fault_disk() {
  disk = {};
  disk.real = sqlite3_vfs_find(nullptr);
  ours = *disk.real;
  ours.pNext = nullptr;
  ours.zName = "fault_disk";
  ours.szOsFile = static_cast<int>(sizeof(handle)) + disk.real->szOsFile;
  ours.xOpen = open_file;
  ours.xDelete = remove_file;
  if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK) throw std::runtime_error("SQLite refuses the faulty disk");
}

fault_disk::~fault_disk() {
  sqlite3_vfs_unregister(&ours);
  sqlite3_vfs_register(disk.real, 1);
}

void fault_disk::refuse(kind k, std::uint64_t n, std::uint64_t more) {
  disk.refusing = k;
  disk.countdown = n;
  disk.more = more;
  disk.refused = false;
}

bool fault_disk::refused() const { return disk.refused; }

void fault_disk::cut_power(const std::string& from, const std::string& into, std::uint64_t seed) const {
  std::filesystem::remove_all(into);
  std::filesystem::create_directory(into);
  for (const auto& [path, file] : disk.files) {
    const std::filesystem::path name = path;
    if (name.parent_path() != from) continue;
    std::string content = file.synced;
    for (std::size_t i = 0; seed != 0 && i < file.pending.size(); ++i) {
      const std::uint64_t mixed = (seed * 1'000'003 + i) * 0x9E3779B97F4A7C15ULL >> 32;
      if (mixed % 3 == 0) continue;
      const std::size_t size = file.pending[i].octets.size();
      apply(content, file.pending[i], mixed % 3 == 1 ? size : size / 2);
    }
    write_file((std::filesystem::path(into) / name.filename()).string(), content);
  }
}

}  // namespace shep::journal::test
