# Third-party libraries: Debian packages found by pkg-config or CMake, and the runtime libraries that
# tools/fetch_dependencies.py checks by SHA-256 (ONNX Runtime, PDFium), whose headers stand in third_party/.
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(Threads REQUIRED)

pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
# Picture files are read by the formats' own libraries (docs/decisions/0004-picture-formats.md).
pkg_check_modules(PICTURE_FORMATS REQUIRED IMPORTED_TARGET libturbojpeg libpng libtiff-4 libwebp libwebpdemux)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(TLS REQUIRED IMPORTED_TARGET libssl)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
# Asio and Beast are headers only; 1.81 is the version that the Debian package installs under the default path.
find_package(Boost 1.81 REQUIRED)
find_package(nlohmann_json REQUIRED)

add_library(medmark::third_party::seccomp ALIAS PkgConfig::SECCOMP)
add_library(medmark::third_party::libzip ALIAS PkgConfig::LIBZIP)
add_library(medmark::third_party::pugixml ALIAS PkgConfig::PUGIXML)
add_library(medmark::third_party::picture_formats ALIAS PkgConfig::PICTURE_FORMATS)
add_library(medmark::third_party::crypto ALIAS PkgConfig::CRYPTO)
add_library(medmark::third_party::tls ALIAS PkgConfig::TLS)
add_library(medmark::third_party::sqlite ALIAS PkgConfig::SQLITE)
add_library(medmark::third_party::argon2 ALIAS PkgConfig::ARGON2)
add_library(medmark::third_party::boost ALIAS Boost::headers)
add_library(medmark::third_party::json ALIAS nlohmann_json::nlohmann_json)

# OpenCV's small packages come without a CMake configuration; their include folder carries the version.
add_library(opencv_interface INTERFACE)
find_path(OPENCV_INCLUDE opencv2/core.hpp PATHS /usr/include/opencv4 REQUIRED)
target_include_directories(opencv_interface SYSTEM INTERFACE "${OPENCV_INCLUDE}")
foreach(module core imgproc)
  find_library(OPENCV_${module} opencv_${module} REQUIRED)
  target_link_libraries(opencv_interface INTERFACE "${OPENCV_${module}}")
endforeach()
add_library(medmark::third_party::opencv ALIAS opencv_interface)

function(medmark_shared_library name include library)
  add_library(${name}_library SHARED IMPORTED GLOBAL)
  set_target_properties(${name}_library PROPERTIES
    IMPORTED_LOCATION "${MEDMARK_DEPENDENCIES}/lib/${library}"
    INTERFACE_INCLUDE_DIRECTORIES "${PROJECT_SOURCE_DIR}/third_party/${include}")
  add_library(medmark::third_party::${name} ALIAS ${name}_library)
endfunction()
medmark_shared_library(onnxruntime onnxruntime/include libonnxruntime.so.1)
medmark_shared_library(pdfium pdfium/include libpdfium.so)
# PDFium's library carries and exports an operator new of its own. Naming libstdc++ before it keeps the program's: one allocator,
# one std::bad_alloc, one new_handler.
target_link_options(pdfium_library INTERFACE "LINKER:--push-state,--no-as-needed" -lstdc++ "LINKER:--pop-state")
