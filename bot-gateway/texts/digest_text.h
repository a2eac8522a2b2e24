/* digest_text.h - what a digest says: what has happened since the last one, how things stand (pure but for reading rows) */
#pragma once
#include "bot-gateway/texts/values.h"
#include "common/io/db_result.h"

struct digest_facts { /* digest_facts_fini */
    int     every; /* enum digest; -1 = not read */
    int64_t since, until;
    int64_t created, taken, late, done;
    char   *away; /* names */
    int64_t away_count;
    int64_t earned, unpaid; /* of the running month, minor units */
    char   *currency;
};

void digest_facts_read(const struct db_result *, struct digest_facts *); /* read_digest.sql */
void digest_facts_fini(struct digest_facts *);
/* Sums of money are for owners. */
void digest_say(const struct digest_facts *, const struct reader *, bool is_owner, struct buf *into);
