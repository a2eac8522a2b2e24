/* vault.c - secretbox with subkeys of one key */
#include "bot-gateway/vault.h"

#include <sodium.h>

#define KDF_CONTEXT "ITSvault" /* crypto_kdf_CONTEXTBYTES, for ever the same */

_Static_assert(sizeof(KDF_CONTEXT) - 1 == crypto_kdf_CONTEXTBYTES, "libsodium wants 8 characters");
_Static_assert(crypto_kdf_KEYBYTES == 32, "the vault key has 32 bytes");

struct vault {
    uint8_t key[crypto_kdf_KEYBYTES];
};

struct vault *vault_new(const char *key_base64, struct err *err)
{
    if (sodium_init() < 0) {
        err_set(err, ERR_INTERNAL, "libsodium does not start");
        return NULL;
    }
    uint8_t key[crypto_kdf_KEYBYTES];
    size_t len = 0;
    const char *end = NULL;
    int rc = sodium_base642bin(key, sizeof(key), key_base64, strlen(key_base64), "\r\n", &len, &end,
                               sodium_base64_VARIANT_ORIGINAL);
    if (rc < 0 || *end != '\0' || len != sizeof(key)) {
        sodium_memzero(key, sizeof(key));
        err_set(err, ERR_INPUT,
                "[vault] key must be the base64 of 32 bytes (openssl rand -base64 32)");
        return NULL;
    }
    struct vault *v = xcalloc(1, sizeof(*v));
    memcpy(v->key, key, sizeof(key));
    sodium_memzero(key, sizeof(key));
    return v;
}

void vault_free(struct vault **v)
{
    if (!*v) {
        return;
    }
    sodium_memzero((*v)->key, sizeof((*v)->key));
    free(*v);
    *v = NULL;
}

static void subkey(const struct vault *v, enum vault_use use,
                   uint8_t ret[static crypto_secretbox_KEYBYTES])
{
    crypto_kdf_derive_from_key(ret, crypto_secretbox_KEYBYTES, use, KDF_CONTEXT, v->key);
}

void vault_seal(const struct vault *v, enum vault_use use, const void *bytes, size_t len,
                struct buf *into)
{
    uint8_t key[crypto_secretbox_KEYBYTES];
    uint8_t nonce[crypto_secretbox_NONCEBYTES];
    size_t boxed_len = len + crypto_secretbox_MACBYTES;
    scoped(bytes_free) uint8_t *boxed = xcalloc(boxed_len, 1);
    randombytes_buf(nonce, sizeof(nonce));
    subkey(v, use, key);
    crypto_secretbox_easy(boxed, bytes, len, nonce, key);
    sodium_memzero(key, sizeof(key));
    buf_add(into, nonce, sizeof(nonce));
    buf_add(into, boxed, boxed_len);
}

int vault_open(const struct vault *v, enum vault_use use, const void *sealed, size_t len,
               struct buf *into, struct err *err)
{
    if (len < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) {
        return err_set(err, ERR_INPUT, "too short to have been sealed");
    }
    const uint8_t *nonce = sealed;
    const uint8_t *boxed = nonce + crypto_secretbox_NONCEBYTES;
    size_t boxed_len = len - crypto_secretbox_NONCEBYTES;
    size_t opened_len = boxed_len - crypto_secretbox_MACBYTES;
    uint8_t key[crypto_secretbox_KEYBYTES];
    scoped(bytes_free) uint8_t *opened = xcalloc(opened_len, 1);
    subkey(v, use, key);
    int rc = crypto_secretbox_open_easy(opened, boxed, boxed_len, nonce, key);
    sodium_memzero(key, sizeof(key));
    if (rc < 0) {
        return err_set(err, ERR_INPUT,
                       "it does not open: damaged, or sealed with another vault key");
    }
    buf_add(into, opened, opened_len);
    sodium_memzero(opened, opened_len);
    return 0;
}

/* ---- as text ---- */

void vault_wipe(struct buf *opened)
{
    if (opened->data)
        sodium_memzero(opened->data, opened->cap);
    buf_fini(opened);
}

void vault_seal_text(const struct vault *v, enum vault_use use, const char *text, struct buf *into)
{
    scoped(buf_fini) struct buf sealed = {0};
    vault_seal(v, use, text, strlen(text), &sealed);
    size_t size = sodium_base64_encoded_len(sealed.len, sodium_base64_VARIANT_ORIGINAL);
    scoped(str_free) char *base64 = xcalloc(size, 1);
    sodium_bin2base64(base64, size, (const uint8_t *)sealed.data, sealed.len,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_add_text(into, base64);
}

int vault_open_text(const struct vault *v, enum vault_use use, const char *base64, struct buf *into,
                    struct err *err)
{
    size_t room = strlen(base64), len = 0;
    scoped(bytes_free) uint8_t *sealed = xcalloc(room + 1, 1);
    if (sodium_base642bin(sealed, room, base64, room, NULL, &len, NULL,
                          sodium_base64_VARIANT_ORIGINAL) < 0) {
        return err_set(err, ERR_INPUT, "it is no base64");
    }
    return vault_open(v, use, sealed, len, into, err);
}
