#!/bin/bash
# check.sh - what can be seen without running anything: format, layers, bans, scripts, manuals, queries, translations
#
# Prints TAP: one line per check, what is wrong on standard error. Exit 1 if anything is.
# shellcheck disable=SC2317 # the checks are called by name
set -u -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2

failed=0

# files PATTERN...: what is committed (or about to be) and there
files() {
    git -c safe.directory='*' ls-files -- "$@" | while read -r name; do [ ! -e "$name" ] || echo "$name"; done
}

# check SENTENCE COMMAND...: whatever the command prints is an offence
check() {
    local sentence=$1 offences
    shift
    offences=$("$@" 2>&1)
    if [ -z "$offences" ]; then
        echo "ok - $sentence"
    else
        echo "not ok - $sentence"
        printf '%s:\n%s\n\n' "$sentence" "$offences" >&2
        failed=1
    fi
}

# ---- format ----

# Headers are manual pages, aligned by hand.
formatted() { files '*.c' | xargs -r clang-format-14 --dry-run -Werror 2>&1 | grep 'error:' | cut -d: -f1 | uniq -c | awk '{ print $2 ": " $1 " places" }'; }

# Each file begins with its own name and one clause of purpose.
introduced() {
    local name first
    files '*.c' '*.h' '*.def' '*.sh' '*.cmake' 'tests/harness/*.py' 'tests/demo/*.py' | while read -r name; do
        first=$(head -n 3 "$name")
        case $first in
        *"${name##*/} - "*) ;;
        *) echo "$name: its first line should be: ${name##*/} - what it is for" ;;
        esac
    done
}

# ---- layers ----

# Foreign header (of its folder, any) and where it may stand: the files that wrap it.
# clang-format has no say here; one line each, a sentence behind.
wrapped_headers() {
    cat <<'END'
zmq.h         common/io/bus*|tests/unit/test_bus_strangers.c            the bus
libpq-fe.h    common/io/db*                                            the database
curl/.*       common/io/http.c                                         requests
ini.h         common/base/conf_source.c                                settings files
json-c/.*     common/wire/msg.c|bot-gateway/telegram.c|bot-gateway/update.c|bot-gateway/delivery/calls.c|admin-web/body.c|tests/simulator/*   JSON from outside
civetweb.h    admin-web/server.c|bot-gateway/intake/webhook.c|tests/simulator/*                                  HTTP servers
systemd/sd-daemon.h common/io/service.c                                readiness
systemd/sd-event.h  common/io/*|*/main.c|bot-gateway/*.h|bot-gateway/*.c|order-engine/*.[ch]|sla-watcher/*.[ch]|admin-web/*.[ch]|tests/unit/*   the loop
sodium.h      bot-gateway/vault.c|admin-web/*|order-engine/*|sla-watcher/*|ctl/*     secrets, hashes
qrencode.h    bot-gateway/*|ctl/*                                      invite pictures
cairo.h       bot-gateway/*                                            drawings
fontconfig/.* bot-gateway/reports/sketch.c                             the fonts of drawings
pango/.*      bot-gateway/reports/sketch.c                             the words in drawings
xlsxwriter.h  bot-gateway/reports/workbook.c                           workbooks
libintl.h     bot-gateway/texts/*                                      translations
argp.h        common/io/service.c|ctl/*|tests/*                        options
END
}

foreign_headers_stay() {
    local header places rest name
    wrapped_headers | while read -r header places rest; do
        git -c safe.directory='*' grep -lE "^# *include [<\"]${header//./\\.}[>\"]" -- '*.c' '*.h' | while read -r name; do
            # shellcheck disable=SC2254 # places is a list of patterns
            eval "case \$name in $places) ;; *) echo \"\$name includes $header\" ;; esac"
        done
    done
}

# includes FOLDER...: "file included-project-header" of everything below
includes() {
    files "${@/%//*.[ch]}" | xargs -r grep -HoE '^# *include "[^"]+"' | sed -E 's/:# *include "([^"]+)"/ \1/'
}

layers_point_down() {
    includes common/base | grep -vE ' common/base/'
    includes common/wire | grep -vE ' common/(base|wire)/'
    includes common/io | grep -vE ' common/'
}

# What an order's events mean is read alike by whoever shows it: order-engine/timeline, which writes nothing.
daemons_are_strangers() {
    local daemon
    for daemon in bot-gateway order-engine sla-watcher admin-web; do
        includes "$daemon" | grep -E ' (bot-gateway|order-engine|sla-watcher|admin-web|ctl|tests)/' |
            grep -vE " ($daemon|order-engine/timeline)/"
    done
    includes ctl | grep -E ' (bot-gateway|sla-watcher|admin-web|tests)/' # it is one more engine at times
}

# Pure files: what decides neither asks the clock nor the database nor the bus.
pure_files() { files 'order-engine/rules/*.[ch]' 'order-engine/timeline/timeline*.[ch]' '*_fsm.[ch]' '*/pacing.[ch]' 'bot-gateway/update.[ch]' 'common/wire/*.[ch]'; }

pure_files_are_pure() {
    pure_files | xargs -r grep -nHE '^# *include ("common/io/|"[^"]*store/|<systemd/|<sys/(socket|epoll|time)\.h>|<time\.h>)'
    pure_files | xargs -r grep -nHE '\b(clock_now_ms|clock_mono_ms|clock_gettime|gettimeofday|time|rand|random) *\(' | grep -vE ':\s*(/\*|\*)'
}

# ---- bans ----

banned() {
    files '*.c' '*.h' | grep -vE '^(common/base/base.h|tests/unit/.*)$' |
        xargs -r grep -nHE '\b(strcpy|strcat|v?sprintf|strtok|atoi|atol|gets|strncpy|system|popen|usleep|alloca|setjmp) *\(' |
        grep -vE ':[0-9]+: *(/\*|\*)'
}

nobody_sleeps_in_tests() { files 'tests/*.py' | grep -v '^tests/harness/waiting.py$' | xargs -r grep -nH 'time\.sleep'; }

# Addresses of one machine or one company's mirror mean nothing to anybody else.
no_places() {
    git -c safe.directory='*' grep -nE '(^|[^[:alnum:]_.])/(work|workspace|root|home/[a-z]+)/[[:alnum:]._-]+' -- . ':!tests/check.sh' ':!*.md' |
        grep -vE '/root/\.(bashrc|profile)'
    files '*package-lock.json' | xargs -r grep -HnE '"resolved": "https?://' | grep -v '"https://registry\.npmjs\.org/'
    git -c safe.directory='*' grep -nIE '[a-z0-9-]+\.(pkg\.dev|jfrog\.io|internal)\b' -- . ':!tests/check.sh'
}

# ---- scripts, manuals ----

scripts() {
    git -c safe.directory='*' grep -lE '^#!(/usr)?/bin/(env )?(ba|da)?sh|^# shellcheck shell=' -- . ':!*.py' ':!*.md' ':!tests/check.sh' |
        xargs -r shellcheck -x --source-path=SCRIPTDIR
    shellcheck tests/check.sh
}

python_compiles() {
    local name
    files '*.py' | while read -r name; do
        /usr/bin/python3 -c 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])' "$name"
    done
}

manuals() { files '*.1' '*.5' '*.7' '*.8' | xargs -r mandoc -Tlint -Wwarning; }

# ---- data ----

golden_files_are_compared() {
    local name
    files 'tests/golden/*' | while read -r name; do
        grep -rqF -- "${name##*/}" tests/unit tests/sql tests/scenario 2>/dev/null || echo "$name: no test compares it"
    done
}

# The first that fails says most: so there is a first.
scenarios_are_numbered_once() {
    files 'tests/scenario/*.py' | sed -nE 's|.*/(test_)?([0-9]{2})[-_].*|\2|p' | sort | uniq -d | sed 's/$/: two scenarios have this number/'
}

# A query says what it is for and names each of its parameters; the compiler takes 4095 bytes of text.
queries() {
    local name number
    files 'sql/queries/*.sql' | while read -r name; do
        [ "$(head -c 3 "$name")" = "-- " ] || echo "$name: begins without a sentence"
        [ "$(wc -c <"$name")" -le 4095 ] || echo "$name: more than 4095 bytes"
        for number in $(grep -vE '^ *--' "$name" | grep -oE '\$[0-9]+' | tr -d '$' | sort -un); do
            grep -qE "^-- .*\\\$$number\b" "$name" || echo "$name: \$$number is not explained in its header"
        done
        grep -nHE '\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|WITH)\b' "$name"
    done
}

# What a person reads comes from the catalogues, so that another language is another file.
sentences() { files 'bot-gateway/dialog/*.c' 'bot-gateway/texts/*.c' 'bot-gateway/reports/*.c' | xargs -r /usr/bin/python3 tests/sentences.py; }

# What a role is promised is shown by a scenario.
clauses() { /usr/bin/python3 tests/clauses.py docs/roles.md; }

# Every sentence of the sources has its words in every language, with as many plural forms as the language has.
translations() {
    local name
    bot-gateway/po/update.sh --check 2>&1
    files '*.po' | while read -r name; do
        LC_ALL=C msgfmt --check --statistics -o /dev/null "$name" 2>&1 | grep -vE '^[0-9]+ translated messages?\.$' | sed "s|^|$name: |"
    done
}

check "every C file is formatted as .clang-format says" formatted
check "every file begins with its name and purpose" introduced
check "foreign headers stand only where they are wrapped" foreign_headers_stay
check "base knows nothing of wire, wire nothing of io" layers_point_down
check "daemons do not include each other" daemons_are_strangers
check "what decides does no input or output and reads no clock" pure_files_are_pure
check "banned functions are not called" banned
check "no test sleeps" nobody_sleeps_in_tests
check "no machine's paths, no mirror's hosts" no_places
check "shell scripts pass shellcheck" scripts
check "Python is Python" python_compiles
check "manual pages pass mandoc" manuals
check "every golden file is compared by a test" golden_files_are_compared
check "every scenario has a number of its own" scenarios_are_numbered_once
check "every query says what it is for and what it takes" queries
check "every clause about the roles names a test that exists" clauses
check "no sentence stands outside the catalogues" sentences
check "translations are complete" translations
exit $failed
