/* db_result.h - rows of a query, read by column number or into structs by a field table
 *
 * Times travel as bigint milliseconds since 1970 (the queries convert), so that a struct holds int64_t only.
 */
#pragma once
#include "common/base/base.h"

struct db_result;

int         db_rows(const struct db_result *);
int64_t     db_affected(const struct db_result *); /* rows an insert, update or delete touched */
bool        db_is_null(const struct db_result *, int row, int col);
int64_t     db_i64(const struct db_result *, int row, int col);  /* 0 for null */
bool        db_bool(const struct db_result *, int row, int col); /* false for null */
const char *db_text(const struct db_result *, int row, int col); /* "" for null; borrowed */
const char *db_text_or_null(const struct db_result *, int row, int col);
/* bytea: fills *ret_len; borrowed until the next db_bytes of this result */
const uint8_t *db_bytes(const struct db_result *, int row, int col, size_t *ret_len);

/* Rows into structs:
 *     static const struct db_field fields[] = {
 *         DB_COL_I64(struct order, id),  column 0
 *         ...
 *     };
 *     db_row_read(result, row, fields, ARRAY_LEN(fields), &order);
 * The C type is checked at compile time: int64_t, bool, char * (owned copy, NULL for null), or an enum parsed from its wire
 * name through .parse. */
enum db_field_type { DB_FIELD_I64, DB_FIELD_BOOL, DB_FIELD_TEXT, DB_FIELD_ENUM };

struct db_field {
    enum db_field_type type;
    size_t             offset;
    int (*parse)(const char *name); /* ENUM: the value, -1 if unknown (asserts: the schema checks the same list) */
};

#define DB_FIELD_CHECK_(s, m, t) \
    _Static_assert(__builtin_types_compatible_p(__typeof__(((s *)0)->m), t), #m " is not a " #t)
#define DB_COL_I64(s, m)  {DB_FIELD_I64, offsetof(s, m) + 0 * sizeof(struct { DB_FIELD_CHECK_(s, m, int64_t); int x_; }), NULL}
#define DB_COL_BOOL(s, m) {DB_FIELD_BOOL, offsetof(s, m) + 0 * sizeof(struct { DB_FIELD_CHECK_(s, m, bool); int x_; }), NULL}
#define DB_COL_TEXT(s, m) {DB_FIELD_TEXT, offsetof(s, m) + 0 * sizeof(struct { DB_FIELD_CHECK_(s, m, char *); int x_; }), NULL}
#define DB_COL_ENUM(s, m, parse_fn) {DB_FIELD_ENUM, offsetof(s, m), parse_fn} /* the member must be int-sized */

void db_row_read(const struct db_result *, int row, const struct db_field *, size_t count, void *into);
