/* catalogue.c - gettext with a domain per language */
#include "bot-gateway/texts/catalogue.h"

#include <libintl.h>
#include <locale.h>

#ifndef CATALOGUE_DIR
#define CATALOGUE_DIR "/usr/share/itsupport/texts"
#endif

/* gettext picks the file by LANGUAGE, which is one per process, and the text by domain, which is
 * one per call. So LANGUAGE gets a fixed word and the domain carries the language. */
#define FIXED_LANGUAGE "suite"

static const struct {
    const char *code, *domain, *own_name;
} languages[] = {
#define LANGUAGE_ROW_(name, code, own) {code, "itsupport-" code, own},
    LANGUAGES(LANGUAGE_ROW_)
#undef LANGUAGE_ROW_
};

void catalogue_init(const char *dir)
{
    /* any locale but C: in that gettext translates nothing */
    if (!setlocale(LC_MESSAGES, "C.UTF-8")) {
        setlocale(LC_MESSAGES, "C.utf8");
    }
    setenv("LANGUAGE", FIXED_LANGUAGE, 1);
    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        bindtextdomain(languages[i].domain, dir && *dir ? dir : CATALOGUE_DIR);
        bind_textdomain_codeset(languages[i].domain, "UTF-8");
    }
}

bool catalogue_has(enum language language)
{
    return language == LANGUAGE_EN || tr_or_null(language, N_("Main menu"));
}

const char *language_code(enum language language)
{
    return languages[language].code;
}

const char *language_own_name(enum language language)
{
    return languages[language].own_name;
}

enum language language_of(const char *code, enum language otherwise)
{
    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        size_t len = strlen(languages[i].code);
        if (strncmp(code, languages[i].code, len) == 0 && (code[len] == '\0' || code[len] == '-')) {
            return (enum language)i;
        }
    }
    return otherwise;
}

const char *tr(enum language language, const char *msgid)
{
    return dgettext(languages[language].domain, msgid);
}

const char *tr_n(enum language language, const char *one, const char *many, int64_t n)
{
    unsigned long count = (unsigned long)(n < 0 ? -n : n);
    return dngettext(languages[language].domain, one, many, count);
}

const char *tr_or_null(enum language language, const char *msgid)
{
    const char *text = tr(language, msgid);
    return text == msgid && language != LANGUAGE_EN ? NULL : text;
}
