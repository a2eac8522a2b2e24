/* catalogue.h - every sentence a person reads, in the reader's language (gettext)
 *
 * The msgid is the English sentence, so English needs no file. Any other language is a domain of its own, "itsupport-ru", in a
 * folder <dir>/<domain>: the language is chosen per call, the plural rules come with it. Sentences in tables are marked N_().
 */
#pragma once
#include "common/base/base.h"

#define LANGUAGES(X)       \
    X(RU, "ru", "Русский") \
    X(EN, "en", "English")

#define LANGUAGE_ENUM_(name, ...) LANGUAGE_##name,
enum language { LANGUAGES(LANGUAGE_ENUM_) LANGUAGE_COUNT };

/* Once, before any thread: dir holds the compiled catalogues; NULL: where they were built or installed. */
void catalogue_init(const char *dir);
/* true if the catalogue of that language is there. English always is. */
bool catalogue_has(enum language);

const char   *language_code(enum language);
const char   *language_own_name(enum language);      /* as its speakers call it */
enum language language_of(const char *code, enum language otherwise); /* "ru", "ru-RU"; "" and unknown: otherwise */

/* The sentence in that language; the English one if the catalogue lacks it. */
const char *tr(enum language, const char *msgid) __attribute__((format_arg(2)));
/* The form for n. */
const char *tr_n(enum language, const char *one, const char *many, int64_t n);
/* tr(), or NULL if the catalogue lacks it: for tests of completeness. */
const char *tr_or_null(enum language, const char *msgid);

#define N_(sentence) sentence /* marks it for the catalogues */
