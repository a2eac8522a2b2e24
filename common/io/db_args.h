/* db_args.h - the parameters of one query, built in order, sent in PostgreSQL's binary form (arrays need no quoting) */
#pragma once
#include "common/base/buf.h"

#define DB_ARGS_MAX 32

enum db_type { DB_I64, DB_TEXT, DB_BOOL, DB_BYTES, DB_I64_ARRAY, DB_TEXT_ARRAY, DB_BOOL_ARRAY, DB_BYTES_ARRAY };

struct db_args { /* zero-initialised = no parameters */
    struct buf   bytes;                /* all values one after the other */
    int          count;
    enum db_type types[DB_ARGS_MAX];
    size_t       at[DB_ARGS_MAX];      /* where each begins in bytes */
    int          lengths[DB_ARGS_MAX]; /* -1 = null */
};

void db_args_fini(struct db_args *); /* for scoped() */
void db_args_reset(struct db_args *);

/* One value each, in the order $1, $2, ... Text NULL is SQL null. Queries cast them: $1::bigint, $2::text, $3::bool, $4::bytea. */
void db_arg_i64(struct db_args *, int64_t);
void db_arg_i64_or_null(struct db_args *, bool present, int64_t);
void db_arg_text(struct db_args *, const char *);
void db_arg_bool(struct db_args *, bool);
void db_arg_bytes(struct db_args *, const void *, size_t);

/* A one-dimensional array: open, items, close. $n::bigint[] etc. */
void db_array_open(struct db_args *, enum db_type array_type);
void db_item_i64(struct db_args *, int64_t);
void db_item_i64_or_null(struct db_args *, bool present, int64_t);
void db_item_text(struct db_args *, const char *); /* NULL = null */
void db_item_bool(struct db_args *, bool);
void db_item_bytes(struct db_args *, const void *, size_t);
void db_array_close(struct db_args *);

/* The first value of another one, closed: how a column that was built apart joins its statement. */
void db_arg_value(struct db_args *, const struct db_args *from);
