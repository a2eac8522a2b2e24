/* msg.h - the structs of messages.def, the envelope around them, and the strict codec made from the same list
 *
 * Decoding is strict: bad UTF-8, NUL, broken JSON, a missing or mistyped field (null is one), an integer beyond +-(2^63 - 1)
 * (json-c saturates them silently: checked), an unknown type, more than MSG_BYTES_MAX: ERR_INPUT with a sentence for the
 * sender. Unknown extra fields are ignored. Strings of a decoded message are borrowed from it and die with msg_fini.
 */
#pragma once
#include "common/base/buf.h"
#include "common/base/err.h"
#include "common/wire/domain.h"

#define MSG_VERSION    1
#define MSG_BYTES_MAX  (256 * 1024) /* one frame on the bus */
#define MSG_ID_MAX     100          /* bytes of a command id */
#define MSG_LIST_MAX   64           /* items of a list of strings */

/* Groups of daemons, beside those of DAEMONS, for the catalogue's from and to columns. */
#define DAEMON_EVERY_CLIENT (DAEMON_BOT_GATEWAY | DAEMON_SLA_WATCHER | DAEMON_ADMIN_WEB | DAEMON_CTL)
#define DAEMON_ANY_DAEMON   (DAEMON_EVERY_CLIENT | DAEMON_ORDER_ENGINE)
#define DAEMON_GATEWAY_OR_PANEL (DAEMON_BOT_GATEWAY | DAEMON_ADMIN_WEB)

enum msg_kind { MSG_COMMAND, MSG_ANSWER, MSG_HINT, MSG_CAPACITY, MSG_HEARTBEAT };

struct msg_strings { /* a list of strings; NULL items never */
    size_t       count;
    const char **items;
};

/* Optional integers and booleans tell whether they were given by has_<name>; optional text is NULL, an optional list empty. */
#define MSG_CTYPE_I64(name)  int64_t name; bool has_##name;
#define MSG_CTYPE_BOOL(name) bool name; bool has_##name;
#define MSG_CTYPE_STR(name)  const char *name;
#define MSG_CTYPE_STRS(name) struct msg_strings name;

#define MESSAGE(cname, wire, from, to, kind, meaning) struct msg_##cname {
#define FIELD(name, type, need) MSG_CTYPE_##type(name)
#define END(cname) };
#include "common/wire/messages.def"

enum msg_type {
#define MESSAGE(cname, ...) MSG_##cname,
#define FIELD(...)
#define END(...)
#include "common/wire/messages.def"
    MSG_TYPE_COUNT
};

union msg_body {
#define MESSAGE(cname, ...) struct msg_##cname cname;
#define FIELD(...)
#define END(...)
#include "common/wire/messages.def"
};

struct msg {
    enum msg_type  type;
    const char    *id;    /* commands and answers; NULL otherwise */
    const char    *actor; /* commands */
    int64_t        at;    /* sender's wall clock, ms; for people reading logs, nothing is decided by it */
    union msg_body body;
    void          *document_; /* what the strings are borrowed from; NULL in a message made by hand */
};

/* 0 and *ret to be released with msg_fini, or -1 and *ret untouched. id_out (NULL or MSG_ID_MAX + 1 bytes) gets the id even of a
 * message that is refused, "" if there is none, so that the sender can be answered. */
int  msg_decode(const char *bytes, size_t len, struct msg *ret, char *id_out, struct err *);
void msg_fini(struct msg *);

int64_t msg_order_id(const struct msg *); /* of the order it names; 0 = none */

/* Appends the envelope as JSON. Asserts that required text is there and text is UTF-8. */
void msg_encode(const struct msg *, struct buf *into);

const char   *msg_type_name(enum msg_type); /* the wire name */
int           msg_type_parse(const char *wire_name); /* -1 if unknown */
enum msg_kind msg_type_kind(enum msg_type);
unsigned      msg_type_from(enum msg_type); /* bits of enum daemon_id */
unsigned      msg_type_to(enum msg_type);
bool          msg_is_valid_id(const char *id); /* 1 to MSG_ID_MAX printable ASCII characters, no blanks */

void msg_print_catalogue(FILE *); /* --print-messages: Markdown, kept as a golden file */
