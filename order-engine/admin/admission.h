/* admission.h - somebody gets a role: by a link, by an owner's hand, by an application
 *
 * Whoever decides has checked that the role is not held and that tariff or account exist; here it is written.
 */
#pragma once
#include "order-engine/admin/admin.h"

/* A person as Telegram shows him or her, who has just accepted the privacy text. Strings are borrowed; username, phone, language
 * may be NULL. */
struct newcomer {
    int64_t     person_id, privacy_version;
    const char *name, *username, *phone, *language;
};

struct admission {
    int64_t     person_id;
    const char *role;
    int64_t     account_id;     /* client: joins this account; 0 = a new one is made */
    int64_t     new_account_id, tariff_id;
    const char *account_name, *paid_until; /* of the new one; "" = never paid */
};

/* false: it is answered what a name must be. */
bool admission_name_is_good(struct admin_work *, const char *name);
/* A client needs a tariff or an account that exist, nobody else may have one; false: the reason is answered. */
struct account_choice {
    bool has_tariff_id, has_account_id, tariff_exists, account_exists;
};
bool admission_account_is_good(struct admin_work *, bool is_client, const struct account_choice *);

void admission_save_person(struct admin_work *, const struct newcomer *);
/* What the person has applied for and nobody has answered: outcome approved or declined. Whoever was asked reads so. */
void admission_close_applications(struct admin_work *, int64_t person_id, const char *outcome);
/* Role, account, welcome, audit and the answer; an application that waits is answered by it. */
void admission_write(struct admin_work *, const struct admission *);
/* member_joined, to somebody who waited for that person; 0 and the person itself are told nothing. */
void admission_tell(struct admin_work *, const struct admission *, int64_t addressee_id);
