# suite.cmake - what every folder's CMakeLists.txt may use: the foreign libraries, the warnings, two helpers

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(zmq REQUIRED IMPORTED_TARGET libzmq)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(json REQUIRED IMPORTED_TARGET json-c)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(inih REQUIRED IMPORTED_TARGET inih)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(fontconfig REQUIRED IMPORTED_TARGET fontconfig)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)

# libzmq.pc hands on its own dependencies' "-isystem", which CMake reads differently from its cache: a second configure would
# change every command line and build all anew. <zmq.h> needs none of them.
set_target_properties(PkgConfig::zmq PROPERTIES INTERFACE_COMPILE_OPTIONS "" INTERFACE_INCLUDE_DIRECTORIES "")

find_library(XLSXWRITER_LIBRARY xlsxwriter REQUIRED)
add_library(xlsxwriter INTERFACE IMPORTED)
set_target_properties(xlsxwriter PROPERTIES INTERFACE_LINK_LIBRARIES "${XLSXWRITER_LIBRARY}")

# Debian's CivetWeb ships neither a .pc file nor a working CMake package
find_path(CIVETWEB_INCLUDE civetweb.h REQUIRED)
find_library(CIVETWEB_LIBRARY civetweb REQUIRED)
add_library(civetweb INTERFACE IMPORTED)
set_target_properties(civetweb PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${CIVETWEB_INCLUDE}"
    INTERFACE_LINK_LIBRARIES "${CIVETWEB_LIBRARY};Threads::Threads")

# Everything we compile is compiled under these
add_library(suite_options INTERFACE)
target_compile_definitions(suite_options INTERFACE _GNU_SOURCE SUITE_VERSION="${PROJECT_VERSION}")
target_compile_options(suite_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
    -Wswitch-enum -Wformat=2 -Wvla -fno-omit-frame-pointer
    $<$<BOOL:${SUITE_WERROR}>:-Werror>
    $<$<CONFIG:Release>:-O2 -UNDEBUG -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>
    $<$<CONFIG:RelWithDebInfo>:-UNDEBUG>)
target_include_directories(suite_options INTERFACE ${PROJECT_SOURCE_DIR})
if(SUITE_SANITIZE)
    target_compile_options(suite_options INTERFACE -fsanitize=${SUITE_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(suite_options INTERFACE -fsanitize=${SUITE_SANITIZE})
endif()
if(SUITE_COVERAGE)
    target_compile_options(suite_options INTERFACE --coverage -fprofile-update=atomic) # threads count, too
    target_link_options(suite_options INTERFACE --coverage)
endif()

# suite_library(NAME SOURCES a.c ... LINK targets ...): a static library under the house's warnings
function(suite_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC suite_options ${arg_LINK})
endfunction()

# suite_daemon(NAME SOURCES a.c ... LINK targets ...): <name>_core, which tests link, and the program with main.c
function(suite_daemon name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    suite_library(${name}_core SOURCES ${arg_SOURCES} LINK ${arg_LINK})
    add_executable(${name} main.c)
    # JSON makes and frees small things by the thousand; sanitizers bring their own allocator
    target_link_libraries(${name} PRIVATE $<$<CONFIG:Release>:PkgConfig::jemalloc> ${name}_core)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endfunction()

# suite_test(test_x LINK targets ...): one cmocka program, tests/unit/test_x.c
function(suite_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${name}.c ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE suite_options PkgConfig::cmocka ${arg_LINK})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 120)
endfunction()
