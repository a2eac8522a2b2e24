/* test_vault.c - what is sealed opens with the same key and use, and with nothing else */
#include "tests/unit/cases.h"

#include "bot-gateway/vault.h"

#define KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define OTHER_KEY "HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define TEXT "{\"update_id\":5}"

static void only_32_bytes_are_a_key(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { const char *key; bool expect; const char *why; } rows[] = {
        {KEY,                                            true,  "32 bytes"},
        {KEY "\n",                                       true,  "with the line's end of a file"},
        {"",                                             false, "nothing"},
        {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", false, "31 bytes"},
        {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", false, "33 bytes"},
        {KEY "x",                                        false, "something behind it"},
        {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", false, "hex"},
        {"a key of a person's own making",               false, "words"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct err err = {.kind = ERR_INTERNAL};
        scoped(vault_free) struct vault *vault = vault_new(rows[i].key, &err);
        check_case((vault != NULL) == rows[i].expect, rows[i].why);
        check_case(vault || err.kind == ERR_INPUT, rows[i].why);
        check_case(vault || !*rows[i].key || !strstr(err.text, rows[i].key), "no key in an error");
    }
}

static void what_is_sealed_opens(void **state)
{
    (void)state;
    struct err err;
    scoped(vault_free) struct vault *vault = vault_new(KEY, &err);
    scoped(buf_fini) struct buf sealed = {0}, again = {0}, opened = {0};
    vault_seal(vault, VAULT_INBOX, TEXT, strlen(TEXT), &sealed);
    vault_seal(vault, VAULT_INBOX, TEXT, strlen(TEXT), &again);
    assert_int_equal(sealed.len, again.len);
    assert_memory_not_equal(sealed.data, again.data, sealed.len);
    assert_null(memmem(sealed.data, sealed.len, "update", 6));
    assert_int_equal(vault_open(vault, VAULT_INBOX, sealed.data, sealed.len, &opened, &err), 0);
    assert_string_equal(buf_text(&opened), TEXT);
}

static void nothing_is_sealed_too(void **state)
{
    (void)state;
    struct err err;
    scoped(vault_free) struct vault *vault = vault_new(KEY, &err);
    scoped(buf_fini) struct buf sealed = {0}, opened = {0};
    vault_seal(vault, VAULT_INBOX, "", 0, &sealed);
    assert_int_equal(vault_open(vault, VAULT_INBOX, sealed.data, sealed.len, &opened, &err), 0);
    assert_int_equal(opened.len, 0);
}

static void nobody_else_opens_it(void **state)
{
    (void)state;
    struct err err;
    scoped(vault_free) struct vault *vault = vault_new(KEY, &err);
    scoped(vault_free) struct vault *other = vault_new(OTHER_KEY, &err);
    scoped(buf_fini) struct buf sealed = {0}, opened = {0};
    vault_seal(vault, VAULT_INBOX, TEXT, strlen(TEXT), &sealed);

    assert_int_equal(vault_open(other, VAULT_INBOX, sealed.data, sealed.len, &opened, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(vault_open(vault, VAULT_CREDENTIALS, sealed.data, sealed.len, &opened, &err),
                     -1);
    for (size_t len = 0; len < sealed.len; len++) {
        assert_int_equal(vault_open(vault, VAULT_INBOX, sealed.data, len, &opened, &err), -1);
    }
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.data[i] = (char)(sealed.data[i] ^ 1);
        assert_int_equal(vault_open(vault, VAULT_INBOX, sealed.data, sealed.len, &opened, &err),
                         -1);
        sealed.data[i] = (char)(sealed.data[i] ^ 1);
    }
    assert_int_equal(opened.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_32_bytes_are_a_key),
        cmocka_unit_test(what_is_sealed_opens),
        cmocka_unit_test(nothing_is_sealed_too),
        cmocka_unit_test(nobody_else_opens_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
