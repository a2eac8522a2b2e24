/* vault.h - what only the gateway may read: sealed with the vault key (libsodium's secretbox), one subkey per use
 *
 * The key is [vault] key, base64 of 32 bytes. It never leaves this process; a row sealed with it is opaque to everybody
 * else and to backups. A lost or changed key makes what was sealed unreadable, for good.
 */
#pragma once
#include "common/base/buf.h"
#include "common/base/err.h"

enum vault_use { /* the number of the subkey: never re-used for something else */
    VAULT_INBOX = 1,
    VAULT_CREDENTIALS = 2,
};

struct vault;

struct vault *vault_new(const char *key_base64, struct err *); /* NULL with ERR_INPUT: no such key */
void          vault_free(struct vault **);                     /* wipes the key */

/* Appends nonce and sealed bytes. The same text sealed twice looks different. */
void vault_seal(const struct vault *, enum vault_use, const void *bytes, size_t len, struct buf *into);
/* Appends what was sealed, or ERR_INPUT: not sealed by this key for this use, or damaged. */
int  vault_open(const struct vault *, enum vault_use, const void *sealed, size_t len, struct buf *into, struct err *);

/* The same of a text, as base64: for messages and JSON. */
void vault_seal_text(const struct vault *, enum vault_use, const char *text, struct buf *into);
int  vault_open_text(const struct vault *, enum vault_use, const char *base64, struct buf *into, struct err *);
/* Overwrites what was opened, then releases it. */
void vault_wipe(struct buf *); /* for scoped() */
