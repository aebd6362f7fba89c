# The standard headers that most units of a room include, and the tests' own.
set(MEDMARK_COMMON_HEADERS <algorithm> <array> <cmath> <filesystem> <fstream> <functional> <map> <memory> <mutex> <numeric>
    <optional> <set> <span> <string> <string_view> <utility> <vector>)

# medmark_room(NAME USES ...): a static library of src/NAME/*.cpp and a test program of its *_test.cpp.
function(medmark_room name)
  cmake_parse_arguments(ROOM "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")

  if(sources)
    add_library(medmark_${name} STATIC ${sources})
    set(visibility PUBLIC)
    medmark_compile_options(medmark_${name})
    medmark_precompile(medmark_${name})
    medmark_unite(medmark_${name})
  else()
    add_library(medmark_${name} INTERFACE)
    set(visibility INTERFACE)
  endif()
  target_include_directories(medmark_${name} ${visibility} "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(medmark_${name} ${visibility} ${ROOM_USES} Threads::Threads)
  add_library(medmark::${name} ALIAS medmark_${name})

  if(tests)
    add_executable(${name}_test ${tests})
    medmark_compile_options(${name}_test)
    # Assertions gain nothing from -O3, which takes their compilation half as long again.
    target_compile_options(${name}_test PRIVATE $<$<CONFIG:Release>:-O1>)
    medmark_precompile(${name}_test <gmock/gmock.h> <gtest/gtest.h>)
    target_compile_definitions(${name}_test PRIVATE MEDMARK_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                               MEDMARK_BUILD_DIR="${CMAKE_BINARY_DIR}")
    target_link_libraries(${name}_test PRIVATE medmark_${name} GTest::gmock GTest::gtest_main)
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST)
  endif()
endfunction()

# Parses the common headers (and HEADER...) once for a target, where MEDMARK_PRECOMPILED_HEADERS asks for it.
function(medmark_precompile target)
  if(MEDMARK_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} PRIVATE ${MEDMARK_COMMON_HEADERS} ${ARGN})
  endif()
endfunction()

# Hands the compiler several files at once where MEDMARK_UNITED_FILES asks for it. The names that every file has of its own are
# told apart there.
function(medmark_unite target)
  if(MEDMARK_UNITED_FILES)
    string(CONCAT own_names "#define MEDMARK_JOINED_(a, b) a##b\n#define MEDMARK_JOINED(a, b) MEDMARK_JOINED_(a, b)\n"
           "#define kLimits MEDMARK_JOINED(kLimits_, MEDMARK_FILE)\n"
           "#define kThresholds MEDMARK_JOINED(kThresholds_, MEDMARK_FILE)\n")
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8 UNITY_BUILD_UNIQUE_ID MEDMARK_FILE
                          UNITY_BUILD_CODE_BEFORE_INCLUDE "${own_names}")
  endif()
endfunction()

function(medmark_compile_options target)
  # -Wno-restrict: GCC 12 sees overlaps in std::string concatenation that are none (GCC bug 105651).
  # -Wno-sign-conversion: part of -Wconversion for clang alone; both compilers hold the same rules.
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow -Werror
                         $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion> -mavx2 -mfma -mf16c
                         -ffp-contract=off -fstack-protector-strong)
  target_compile_definitions(${target} PRIVATE MEDMARK_VERSION="${PROJECT_VERSION}"
                             $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
  if(MEDMARK_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                           -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
  if(MEDMARK_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()
