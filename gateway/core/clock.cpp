#include "core/clock.hpp"

namespace shep {

time_point system_clock::now() const { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }

}  // namespace shep
