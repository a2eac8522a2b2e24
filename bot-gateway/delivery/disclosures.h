/* disclosures.h - what a person may see for a minute: shown in a protected message that removes itself
 *
 *     row (in the turn's commit) -> empty message -> its number is written down -> its text -> removed when due -> row is gone
 *
 * Each step is one call of Telegram or one statement, and the row says which comes next. So whatever dies on the way, the next look
 * goes on from there: the secret is never in a message whose number is not known.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/telegram.h"
#include "bot-gateway/vault.h"
#include "common/io/db.h"

#define DISCLOSURE_MS        INT64_C(60000) /* from the press to the removal, in the installation's time */
#define DISCLOSURES_LOOK_MS  5000           /* at the latest, while anything is shown: the test clock may have moved */
#define DISCLOSURES_RETRY_MS 1000           /* after a call that failed */

struct disclosures;

struct disclosures_opts {
    struct db          *db;
    struct telegram    *telegram;
    const struct vault *vault;
    int64_t             bot_id;
};

struct disclosures *disclosures_new(sd_event *loop, const struct disclosures_opts *); /* caller owns */
void                disclosures_free(struct disclosures **); /* after telegram and db, which may call back */

void disclosures_open(struct disclosures *);  /* the database is there: looks at once */
void disclosures_close(struct disclosures *);
void disclosures_look(struct disclosures *);  /* something was committed, or time has moved */
