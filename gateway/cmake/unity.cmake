# shep_unity(<target>): compiles the files of a module or of a test program in batches, several in one translation unit.
# Most of a file's compile time is its headers (Asio, Boost.JSON, CLI11, GoogleTest), and a batch reads them once: the whole build with
# tests takes a third of the time. The price: an edited file is compiled together with its batch, which README.md weighs. Whoever edits
# one module for hours configures with -DSHEPSIM_UNITY=OFF, once for a build folder.
# Lint builds without batches, so that each file is judged alone: an include that only a neighbour supplied, shadowed names. Fuzzing too.
# File-local names must be unique in a module (tests/architecture/file_local_names.py): give the newer one the truer name.
option(SHEPSIM_UNITY "compile the files of a module or test program in batches" ON)
set(SHEPSIM_UNITY_BATCH 10)

# Files that stay out of the batches, each with its reason.
set(SHEPSIM_UNITY_ALONE
  # g++ 12 takes the variant in its answer for uninitialized when it inlines more.
  mocks/engine/engine.cpp
)

if(SHEPSIM_UNITY)
  # In a batch a neighbour's file-local name counts as global (-Wshadow), and its types seem to stand in a header (-Wsubobject-linkage).
  # What the optimiser suspects after inlining is advice there: it inlines more, and is wrong more often.
  target_compile_options(shep_compiler INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-shadow>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wshadow=local -Wno-subobject-linkage -Wno-error=maybe-uninitialized -Wno-error=array-bounds
    -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=free-nonheap-object>)
endif()

function(shep_unity target)
  if(NOT SHEPSIM_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${SHEPSIM_UNITY_BATCH})
  foreach(file IN LISTS SHEPSIM_UNITY_ALONE)
    if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${file})
      message(FATAL_ERROR "unity.cmake names ${file}, which does not exist")
    endif()
    set_source_files_properties(${CMAKE_SOURCE_DIR}/${file} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
endfunction()
