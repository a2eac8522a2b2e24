/* logins.c - itsupportctl admin and api-token: who may use the panel and its API
 *
 * A token is 256 random bits; the database keeps its sha256 alone, so it is printed once and never
 * again.
 */
#include <sodium.h>

#include "common/base/text.h"
#include "ctl/ctl.h"

#define TOKEN_RANDOM_BYTES 32
#define TOKEN_TEXT_BYTES 48 /* base64url of it, with the NUL */

/* One statement that must have touched a row. */
static int change(struct ctl *ctl, enum ctl_query query, struct db_args *args,
                  const char *otherwise, struct err *err)
{
    scoped(ctl_results_free) struct db_result *done = ctl_call(ctl, query, args, err);
    if (done == NULL)
        return -1;
    return db_affected(done) > 0 ? 0 : err_set(err, ERR_REFUSED, "%s", otherwise);
}

static bool is_login(const char *text)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t len = strlen(text);
    return len >= 1 && len <= 63 && strspn(text, rest) == len && strchr(first, text[0]) != NULL;
}

static int check_login(const char *login, struct err *err)
{
    return is_login(login) ? 0
                           : ctl_usage(err,
                                       "\"%.70s\" is no login: small letters, digits and "
                                       "\"._-\", at most 63, a letter or digit first",
                                       login);
}

int run_admin(struct ctl *ctl, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    const char *login = ctl->args[1];
    if (!str_eq(ctl->args[0], "add"))
        return ctl_usage(err, "there is admin add LOGIN");
    if (check_login(login, err) != 0 || ctl_open(ctl, err) != 0)
        return -1;
    db_arg_text(&args, login);
    if (change(ctl, Q_add_admin, &args, "this login is there already", err) != 0)
        return -1;
    printf("login %s added\n", login);
    return CTL_DONE;
}

/* ---- tokens ---- */

static int make_token(struct ctl *ctl, const char *login, const char *scopes, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    unsigned char random[TOKEN_RANDOM_BYTES], hash[crypto_hash_sha256_BYTES];
    char token[TOKEN_TEXT_BYTES];
    if (check_login(login, err) != 0)
        return -1;
    if (!str_eq(scopes, "read") && !str_eq(scopes, "read,write"))
        return ctl_usage(err, "the scope is read or read,write");
    if (ctl_open(ctl, err) != 0)
        return -1;
    randombytes_buf(random, sizeof random);
    sodium_bin2base64(token, sizeof token, random, sizeof random,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_hash_sha256(hash, (const unsigned char *)token, strlen(token));
    db_arg_text(&args, login);
    db_arg_bytes(&args, hash, sizeof hash);
    db_arg_bool(&args, str_eq(scopes, "read,write"));
    scoped(ctl_results_free) struct db_result *made = ctl_call(ctl, Q_add_token, &args, err);
    if (made == NULL)
        return -1;
    puts(token);
    fflush(stdout);
    fprintf(stderr, "This token is not shown again. To end it: itsupportctl api-token revoke %s\n",
            db_text(made, 0, 0));
    sodium_memzero(token, sizeof token);
    return CTL_DONE;
}

static int revoke_token(struct ctl *ctl, const char *number, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    int64_t id;
    if (text_to_i64(number, 1, INT64_MAX, &id) != 0)
        return ctl_usage(err, "say which: api-token revoke ID");
    if (ctl_open(ctl, err) != 0)
        return -1;
    db_arg_i64(&args, id);
    if (change(ctl, Q_revoke_token, &args, "there is no such token, or it has ended already",
               err) != 0)
        return -1;
    printf("token %s ended\n", number);
    return CTL_DONE;
}

int run_api_token(struct ctl *ctl, struct err *err)
{
    const char *scopes = ctl->options[OPTION_SCOPE];
    if (ctl->arg_count == 1)
        return make_token(ctl, ctl->args[0], scopes != NULL ? scopes : "read,write", err);
    if (!str_eq(ctl->args[0], "revoke") || scopes != NULL)
        return ctl_usage(err, "there is api-token LOGIN and api-token revoke ID");
    return revoke_token(ctl, ctl->args[1], err);
}
