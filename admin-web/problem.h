/* problem.h - turns an exchange's answer into an RFC 9457 problem: what is wrong, and what to do about it */
#pragma once
#include "admin-web/exchange.h"
#include "common/wire/msg.h"

#define PROBLEM_TYPE "application/problem+json"

enum problem {
#define PROBLEM(code, ...) PROBLEM_##code,
#include "admin-web/problems.def"
    PROBLEM_COUNT
};

/* Replaces whatever answer there was. Always -1, so that giving up is one line. */
int problem_answer(struct exchange *, enum problem);

/* 422 with a list of errors, each a field and what it may be: begin, add while reading, answer if any was added. */
struct field_errors {
    struct buf json;
    size_t     count;
};
void field_errors_fini(struct field_errors *); /* for scoped() */
void field_errors_add(struct field_errors *, const char *field, const char *english, const char *russian,
                      enum language);
int  problem_answer_fields(struct exchange *, const struct field_errors *); /* always -1 */

/* What the engine said instead of ok: refused -> 409, 404 or 422; input -> 422; internal -> 500. Always -1. */
int problem_answer_engine(struct exchange *, const struct msg_answer *);

/* The one that has this HTTP status, for errors CivetWeb itself finds. */
enum problem problem_of_status(int status);
