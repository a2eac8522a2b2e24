#!/bin/sh
# update.sh - collect the sentences of the sources and merge them into every catalogue here
#
#   bot-gateway/po/update.sh --check    changes nothing, prints what is missing
#
# The msgids are the English sentences. What is new comes out untranslated, what changed as fuzzy: both fail tests/check.sh.
set -eu
cd "$(dirname "$0")/../.."
pot=$(mktemp)
refusals=$(mktemp --suffix=.h)
trap 'rm -f "$pot" "$refusals"' EXIT

# the sentences of refusals stand in a list of domain.h, which has other lists as well
sed -n '/^#define REFUSALS/,/^$/p' common/wire/domain.h >"$refusals"
header="--from-code=UTF-8 --language=C --add-comments=TRANSLATORS --no-location --package-name=itsupport --no-wrap"
# shellcheck disable=SC2086
{
    xgettext $header -k -kN_ -ktr:2 -ktr_n:2,3 -ksay_n:2,3 -o "$pot" \
        bot-gateway/*.c bot-gateway/bot_commands.def bot-gateway/delivery/*.c bot-gateway/dialog/*.c bot-gateway/texts/*.c \
        bot-gateway/reports/*.c
    xgettext $header -k -kX:3 -j -o "$pot" "$refusals"
    xgettext $header -k -kPARAMETER:7 -j -o "$pot" common/wire/parameters.def
}
for po in bot-gateway/po/*.po; do
    if [ "${1-}" = --check ]; then
        LC_ALL=C msgcmp "$po" "$pot" || true
        continue
    fi
    msgmerge --quiet --no-wrap --no-fuzzy-matching --update --backup=none "$po" "$pot"
    printf '%s: ' "$po"
    msgfmt --check-format --check-domain --statistics -o /dev/null "$po"
done
