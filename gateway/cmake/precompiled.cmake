# shep_quick(<test program>): compiles a test program in half the time, with a precompiled header (standard library, GoogleTest) and -O1.
# Tests only. On the product's code g++ 12, with <string> in a precompiled header, reports GCC bug 105329 as array-bounds and
# stringop-overflow, and those warnings are worth more there than the quarter of the compile time. g++ only: clang reads every file as it
# stands, and so notices an include that only the precompiled header supplied.
option(SHEPSIM_PCH "precompile the headers that tests share" ON)

function(shep_quick target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  # With less inlined, g++ 12 takes a coroutine frame's own operator delete for a mismatch.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-mismatched-new-delete>)
  if(NOT SHEPSIM_PCH OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  if(NOT TARGET shep_test_headers)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled/test_headers.cpp CONTENT "")
    add_library(shep_test_headers OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled/test_headers.cpp)
    target_link_libraries(shep_test_headers PRIVATE shep_compiler GTest::gtest)
    target_precompile_headers(shep_test_headers PRIVATE
      <algorithm> <array> <atomic> <charconv> <chrono> <cstdint> <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <span>
      <stdexcept> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector> <boost/system/result.hpp> <gtest/gtest.h>)
    # A precompiled header serves only compilations with the same code model and macros; programs are compiled with -fPIE.
    set_target_properties(shep_test_headers PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(shep_test_headers PRIVATE -fPIE -pthread $<$<CONFIG:Release>:-O1>)
  endif()
  target_compile_options(${target} PRIVATE -pthread -Wno-array-bounds -Wno-stringop-overflow)
  target_precompile_headers(${target} REUSE_FROM shep_test_headers)
endfunction()
