/* db_columns.c - the rows of one statement, one array per column */
#include "common/io/db_columns.h"

static enum db_type array_type(char type)
{
    return type == 'i' ? DB_I64_ARRAY : type == 't' ? DB_TEXT_ARRAY : DB_BOOL_ARRAY;
}

void db_columns_init(struct db_columns *c, const char *types)
{
    *c = (struct db_columns){.count = (int)strlen(types)};
    assert(c->count > 0 && c->count <= DB_COLUMNS_MAX);
    snprintf(c->types, sizeof c->types, "%s", types);
    db_columns_reset(c);
}

void db_columns_fini(struct db_columns *c)
{
    for (int i = 0; i < c->count; i++)
        db_args_fini(&c->columns[i]);
    c->count = 0;
}

void db_columns_reset(struct db_columns *c)
{
    for (int i = 0; i < c->count; i++) {
        db_args_reset(&c->columns[i]);
        db_array_open(&c->columns[i], array_type(c->types[i]));
    }
    c->next = 0;
    c->rows = 0;
}

/* The column a value of this type goes to; counts the row when it is the last. */
static struct db_args *next_column(struct db_columns *c, char type)
{
    assert(c->types[c->next] == type);
    struct db_args *column = &c->columns[c->next];
    if (++c->next == c->count) {
        c->next = 0;
        c->rows++;
    }
    return column;
}

void db_put_i64(struct db_columns *c, int64_t value)
{
    db_item_i64(next_column(c, 'i'), value);
}

void db_put_id(struct db_columns *c, int64_t id)
{
    db_item_i64_or_null(next_column(c, 'i'), id != 0, id);
}

void db_put_text(struct db_columns *c, const char *text)
{
    db_item_text(next_column(c, 't'), text);
}

void db_put_bool(struct db_columns *c, bool value)
{
    db_item_bool(next_column(c, 'b'), value);
}

void db_columns_args(struct db_columns *c, struct db_args *args)
{
    assert(c->next == 0);
    for (int i = 0; i < c->count; i++) {
        db_array_close(&c->columns[i]);
        db_arg_value(args, &c->columns[i]);
    }
}
