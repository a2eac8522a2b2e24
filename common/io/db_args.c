/* db_args.c - parameters in PostgreSQL's binary form: big-endian integers, arrays as header and
 * items */
#include "common/io/db_args.h"

#include <endian.h>

/* Element types as the catalogue numbers them (pg_type.oid; part of the wire protocol, they never
 * change) */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_I64 = 20, OID_TEXT = 25 };

/* An array on the wire: dimensions, has nulls, element type, items, lower bound; each item is a
 * length and its bytes */
enum { ARRAY_HAS_NULLS = 4, ARRAY_ITEMS = 12, ARRAY_HEADER_BYTES = 20 };

#define LENGTH_NULL (-1)
#define LENGTH_OPEN (-2) /* an array between its open and close */

void db_args_fini(struct db_args *args)
{
    buf_fini(&args->bytes);
    args->count = 0;
}

void db_args_reset(struct db_args *args)
{
    buf_reset(&args->bytes);
    args->count = 0;
}

static void add_value(struct db_args *args, enum db_type type, const void *bytes, int len)
{
    assert(args->count < DB_ARGS_MAX);
    assert(args->count == 0 || args->lengths[args->count - 1] != LENGTH_OPEN);
    args->types[args->count] = type;
    args->at[args->count] = args->bytes.len;
    args->lengths[args->count] = len;
    args->count++;
    if (len > 0)
        buf_add(&args->bytes, bytes, (size_t)len);
}

static int wire_length(size_t len)
{
    assert(len < INT32_MAX);
    return (int)len;
}

void db_arg_i64(struct db_args *args, int64_t value)
{
    uint64_t wire = htobe64((uint64_t)value);
    add_value(args, DB_I64, &wire, sizeof wire);
}

void db_arg_i64_or_null(struct db_args *args, bool present, int64_t value)
{
    if (present)
        db_arg_i64(args, value);
    else
        add_value(args, DB_I64, NULL, LENGTH_NULL);
}

void db_arg_text(struct db_args *args, const char *text)
{
    add_value(args, DB_TEXT, text, text ? wire_length(strlen(text)) : LENGTH_NULL);
}

void db_arg_bool(struct db_args *args, bool value)
{
    uint8_t wire = value;
    add_value(args, DB_BOOL, &wire, sizeof wire);
}

void db_arg_bytes(struct db_args *args, const void *bytes, size_t len)
{
    add_value(args, DB_BYTES, bytes, bytes ? wire_length(len) : LENGTH_NULL);
}

static uint32_t element_oid(enum db_type array_type)
{
    switch (array_type) {
    case DB_I64_ARRAY:
        return OID_I64;
    case DB_TEXT_ARRAY:
        return OID_TEXT;
    case DB_BOOL_ARRAY:
        return OID_BOOL;
    case DB_BYTES_ARRAY:
        return OID_BYTEA;
    case DB_I64:
    case DB_TEXT:
    case DB_BOOL:
    case DB_BYTES:
        break;
    }
    abort(); /* not an array type: our bug */
}

void db_array_open(struct db_args *args, enum db_type array_type)
{
    uint32_t header[] = {htobe32(1), 0, htobe32(element_oid(array_type)), 0, htobe32(1)};
    _Static_assert(sizeof header == ARRAY_HEADER_BYTES, "as the server reads it");
    add_value(args, array_type, header, sizeof header);
    args->lengths[args->count - 1] = LENGTH_OPEN;
}

static char *open_array(struct db_args *args, enum db_type array_type)
{
    assert(args->count > 0);
    int last = args->count - 1;
    assert(args->lengths[last] == LENGTH_OPEN && args->types[last] == array_type);
    return args->bytes.data + args->at[last];
}

static void add_item(struct db_args *args, enum db_type array_type, const void *bytes, int len)
{
    char *header = open_array(args, array_type);
    uint32_t items;
    memcpy(&items, header + ARRAY_ITEMS, sizeof items);
    items = htobe32(be32toh(items) + 1);
    memcpy(header + ARRAY_ITEMS, &items, sizeof items);
    if (len == LENGTH_NULL)
        header[ARRAY_HAS_NULLS + 3] = 1;
    uint32_t wire_len = htobe32((uint32_t)len);
    buf_add(&args->bytes, &wire_len, sizeof wire_len);
    if (len > 0)
        buf_add(&args->bytes, bytes, (size_t)len);
}

void db_item_i64(struct db_args *args, int64_t value)
{
    uint64_t wire = htobe64((uint64_t)value);
    add_item(args, DB_I64_ARRAY, &wire, sizeof wire);
}

void db_item_i64_or_null(struct db_args *args, bool present, int64_t value)
{
    if (present)
        db_item_i64(args, value);
    else
        add_item(args, DB_I64_ARRAY, NULL, LENGTH_NULL);
}

void db_item_text(struct db_args *args, const char *text)
{
    add_item(args, DB_TEXT_ARRAY, text, text ? wire_length(strlen(text)) : LENGTH_NULL);
}

void db_item_bool(struct db_args *args, bool value)
{
    uint8_t wire = value;
    add_item(args, DB_BOOL_ARRAY, &wire, sizeof wire);
}

void db_item_bytes(struct db_args *args, const void *bytes, size_t len)
{
    add_item(args, DB_BYTES_ARRAY, bytes, bytes ? wire_length(len) : LENGTH_NULL);
}

void db_array_close(struct db_args *args)
{
    assert(args->count > 0);
    int last = args->count - 1;
    assert(args->lengths[last] == LENGTH_OPEN);
    args->lengths[last] = wire_length(args->bytes.len - args->at[last]);
}

void db_arg_value(struct db_args *args, const struct db_args *from)
{
    assert(from->count == 1 && from->lengths[0] != LENGTH_OPEN);
    add_value(args, from->types[0], from->bytes.data, from->lengths[0]);
}
