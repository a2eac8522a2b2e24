# embed.cmake - turns the start page and openapi.yaml into C, so that the program needs no files beside it
#
#   cmake -D OUTPUT=build/admin-web/pages_data.c -P embed.cmake -- "<address>|<content type>|<file>" ...

cmake_minimum_required(VERSION 3.20)

set(arrays "")
set(rows "")
set(number 0)
math(EXPR last "${CMAKE_ARGC} - 1")
set(given FALSE)
foreach(i RANGE ${last})
    if(NOT given)
        if("${CMAKE_ARGV${i}}" STREQUAL "--")
            set(given TRUE)
        endif()
        continue()
    endif()
    if(NOT "${CMAKE_ARGV${i}}" MATCHES "^([^|]+)[|]([^|]+)[|](.+)$")
        message(FATAL_ERROR "${CMAKE_ARGV${i}}: wants address|content type|file")
    endif()
    set(address "${CMAKE_MATCH_1}")
    set(type "${CMAKE_MATCH_2}")
    file(READ "${CMAKE_MATCH_3}" hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(APPEND arrays "static const unsigned char page_${number}[] = {${bytes}};\n")
    string(APPEND rows "    {\"${address}\", \"${type}\", page_${number}, sizeof(page_${number})},\n")
    math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUTPUT}" "/* pages_data.c - made by admin-web/embed.cmake */
#include \"admin-web/pages.h\"

${arrays}
const struct page pages[] = {
${rows}    {0},
};
")
