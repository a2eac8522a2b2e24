# embed.cmake - turns .sql files into C, so that a program carries its statements and its migrations
#
# Run by the build (see CMakeLists.txt beside it):
#   cmake -D KIND=queries    -D FOLDER=sql/queries/ctl -D NAME=ctl -D OUTPUT=build/sql/ctl_queries    -P embed.cmake
#   cmake -D KIND=migrations -D FOLDER=sql/migrations  -D ROLES=sql/roles.sql -D OUTPUT=build/sql/migrations -P embed.cmake

cmake_minimum_required(VERSION 3.20)

# A C string literal, one source line per line of text. ? is escaped because C17 still has trigraphs.
function(c_literal text ret)
    string(REPLACE "\\" "\\\\" text "${text}")
    string(REPLACE "\"" "\\\"" text "${text}")
    string(REPLACE "?" "\\?" text "${text}")
    string(REPLACE "\t" "\\t" text "${text}")
    string(REPLACE "\r" "" text "${text}")
    string(REPLACE "\n" "\\n\"\n     \"" text "${text}")
    set(${ret} "\"${text}\"" PARENT_SCOPE)
endfunction()

function(read_sql file ret)
    file(READ "${file}" text)
    string(REGEX REPLACE "\n+$" "" text "${text}")
    set(${ret} "${text}" PARENT_SCOPE)
endfunction()

# Leaves the file's time alone when nothing changed, so that its users are not compiled again
function(write_if_changed file text)
    set(old "")
    if(EXISTS "${file}")
        file(READ "${file}" old)
    endif()
    if(NOT old STREQUAL text)
        file(WRITE "${file}" "${text}")
    endif()
endfunction()

function(embed_queries)
    string(MAKE_C_IDENTIFIER "${NAME}" prefix)
    string(TOUPPER "${prefix}" upper)
    file(GLOB files "${FOLDER}/*.sql")
    list(SORT files)
    set(constants "")
    set(rows "")
    foreach(file IN LISTS files)
        get_filename_component(query "${file}" NAME_WE)
        if(NOT query MATCHES "^[a-z][a-z0-9_]*$")
            message(FATAL_ERROR "${file}: a query's name is verb_noun in lower case")
        endif()
        read_sql("${file}" text)
        string(LENGTH "${text}" length)
        if(length GREATER 4095)
            message(FATAL_ERROR "${file}: ${length} bytes; a C literal may have 4095, so split the query")
        endif()
        c_literal("${text}" literal)
        string(APPEND constants "    Q_${query},\n")
        string(APPEND rows "    {\"${query}\",\n     ${literal}},\n")
    endforeach()
    write_if_changed("${OUTPUT}.h" "/* ${prefix}_queries.h - the statements of ${NAME}, made from sql/queries/${NAME} */
#pragma once
#include \"common/io/db.h\"

enum ${prefix}_query {
${constants}    ${upper}_QUERY_COUNT
};

extern const struct db_query ${prefix}_queries[${upper}_QUERY_COUNT];
")
    write_if_changed("${OUTPUT}.c" "/* ${prefix}_queries.c - made from sql/queries/${NAME} by sql/embed.cmake */
#include \"sql/${prefix}_queries.h\"

const struct db_query ${prefix}_queries[${upper}_QUERY_COUNT] = {
${rows}};
")
endfunction()

function(embed_migrations)
    file(GLOB files "${FOLDER}/*.sql")
    list(SORT files)
    set(rows "")
    set(count 0)
    set(previous "none")
    foreach(file IN LISTS files)
        get_filename_component(base "${file}" NAME_WE)
        if(NOT base MATCHES "^([0-9][0-9][0-9][0-9])_([a-z][a-z0-9_]*)$")
            message(FATAL_ERROR "${file}: a migration's name is NNNN_what.sql")
        endif()
        set(name "${CMAKE_MATCH_2}")
        string(REGEX REPLACE "^0+" "" version "${CMAKE_MATCH_1}")
        if(version STREQUAL "" OR version EQUAL previous)
            message(FATAL_ERROR "${file}: the number is taken, or 0000")
        endif()
        set(previous "${version}")
        math(EXPR count "${count} + 1")
        file(SHA256 "${file}" sha256)
        read_sql("${file}" text)
        c_literal("${text}" literal)
        string(APPEND rows "    {${version}, \"${name}\", \"${sha256}\",\n     ${literal}},\n")
    endforeach()
    set(roles "")
    if(EXISTS "${ROLES}")
        read_sql("${ROLES}" roles)
    endif()
    c_literal("${roles}" roles)
    write_if_changed("${OUTPUT}.h" "/* migrations.h - the schema's history and its grants, made from sql/migrations and sql/roles.sql */
#pragma once

struct migration {
    int         version;
    const char *name, *sha256, *text; /* sha256: of the file, in hex */
};

#define MIGRATION_COUNT ${count}
extern const struct migration migrations[MIGRATION_COUNT + 1]; /* ascending, ended by version 0 */
extern const char             roles_sql[];                     /* \"\" if there is none */
")
    # ISO C promises 4095 characters a literal; both our compilers take more, and a migration reads better whole
    write_if_changed("${OUTPUT}.c" "/* migrations.c - made from sql/migrations and sql/roles.sql by sql/embed.cmake */
#include \"sql/migrations.h\"

#pragma GCC diagnostic ignored \"-Woverlength-strings\"

const struct migration migrations[MIGRATION_COUNT + 1] = {
${rows}    {0, 0, 0, 0},
};

const char roles_sql[] =
    ${roles};
")
endfunction()

if(KIND STREQUAL "queries")
    embed_queries()
elseif(KIND STREQUAL "migrations")
    embed_migrations()
else()
    message(FATAL_ERROR "embed.cmake: KIND is queries or migrations")
endif()
