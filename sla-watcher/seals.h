/* seals.h - the audit chain: each row of `audit` gets a hash over the former hash and its own text, in one chain
 *
 * hash = sha256(former hash || audit_text(row)), the first one's former hash is empty. Rows are sealed after their commit, in the order of
 * their ids, and only once no older transaction is under way that could yet bring a lower one: so nobody waits for the
 * sealer. Whoever edits or removes a row breaks the chain, and itsupportctl check names the place.
 */
#pragma once
#include "common/io/db.h"

struct seals;

struct seals *seals_new(sd_event *loop, struct db *);
void          seals_free(struct seals **);

void    seals_begin(struct seals *); /* we are the one sealer now */
void    seals_end(struct seals *);
int64_t seals_count(const struct seals *); /* sealed by this process */
