/* db_columns.h - the rows of one statement, added value by value, sent as one array per column (insert ... select from unnest)
 *
 *     struct db_columns events;
 *     db_columns_init(&events, "iitb");        // bigint, bigint, text, bool
 *     db_put_i64(&events, order->id); ...      // one put per column, then the next row begins
 *     db_columns_args(&events, &args);         // $1::bigint[], $2::bigint[], $3::text[], $4::bool[]
 */
#pragma once
#include "common/io/db_args.h"

#define DB_COLUMNS_MAX 24

struct db_columns {
    int            count;  /* columns */
    int            next;   /* the column the next put is for */
    size_t         rows;   /* complete rows */
    char           types[DB_COLUMNS_MAX + 1];
    struct db_args columns[DB_COLUMNS_MAX]; /* one open array each */
};

void db_columns_init(struct db_columns *, const char *types); /* i = bigint, t = text, b = bool */
void db_columns_fini(struct db_columns *);
void db_columns_reset(struct db_columns *); /* no rows; keeps the memory */

void db_put_i64(struct db_columns *, int64_t);
void db_put_id(struct db_columns *, int64_t);       /* 0 = null: ids and instants that are not there */
void db_put_text(struct db_columns *, const char *); /* NULL = null */
void db_put_bool(struct db_columns *, bool);

/* Closes the arrays and appends them to args; the columns must be reset before the next row. */
void db_columns_args(struct db_columns *, struct db_args *args);
