/* check_audit.c - recomputes the chain of seals over the audit (sla-watcher/seals.h says how it is
 * made) */
#include <inttypes.h>
#include <sodium.h>

#include "ctl/check.h"

#define SEALS_BATCH 1000

struct chain {
    int64_t seq; /* of the last seal; 0: none yet */
    uint8_t hash[crypto_hash_sha256_BYTES];
};

static void hash_of(const struct chain *last, const char *text, uint8_t *ret)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, last->hash, last->seq != 0 ? sizeof last->hash : 0);
    crypto_hash_sha256_update(&state, (const unsigned char *)text, strlen(text));
    crypto_hash_sha256_final(&state, ret);
}

/* One seal after the other: what is stored is believed as the base of the next, so that one harm is
 * one finding. */
static void check_seal(struct check *check, struct chain *chain, int64_t seq, int64_t audit_id,
                       const uint8_t *hash, const char *text)
{
    uint8_t should[crypto_hash_sha256_BYTES];
    if (seq != chain->seq + 1) {
        findings_add(&check->findings, "audit", audit_id, FINDING_audit_chain_broken,
                     "seal %" PRId64 " follows %" PRId64, seq, chain->seq);
    } else if (text == NULL) {
        findings_add(&check->findings, "audit", audit_id, FINDING_audit_missing, "seal %" PRId64,
                     seq);
    } else {
        hash_of(chain, text, should);
        if (memcmp(should, hash, sizeof should) != 0)
            findings_add(&check->findings, "audit", audit_id, FINDING_audit_edited, "seal %" PRId64,
                         seq);
    }
    chain->seq = seq;
    memcpy(chain->hash, hash, sizeof chain->hash);
}

int check_audit(struct check *check, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    struct chain chain = {0};
    int rows = SEALS_BATCH;
    while (rows == SEALS_BATCH) {
        db_arg_i64(&args, chain.seq);
        db_arg_i64(&args, SEALS_BATCH);
        scoped(ctl_results_free) struct db_result *seals =
            ctl_call(check->ctl, Q_check_seals, &args, err);
        if (seals == NULL)
            return -1;
        rows = db_rows(seals);
        for (int row = 0; row < rows; row++) {
            size_t len;
            const uint8_t *hash = db_bytes(seals, row, 2, &len);
            assert(len == sizeof chain.hash); /* the table says so */
            check_seal(check, &chain, db_i64(seals, row, 0), db_i64(seals, row, 1), hash,
                       db_text_or_null(seals, row, 3));
        }
        check->seen.seals += rows;
    }
    return 0;
}
