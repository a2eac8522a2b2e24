/* faults.c - what goes wrong on purpose */
#include "faults.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

static const char *const kind_names[FAULT_KINDS] = {
    [FAULT_LOSE] = "lose",   [FAULT_ERROR] = "error", [FAULT_REFUSE] = "refuse",
    [FAULT_RESET] = "reset", [FAULT_DELAY] = "delay",
};

uint64_t faults_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static bool concerns(const struct fault *fault, const char *method, int64_t chat_id)
{
    return (!strcmp(fault->method, "*") || !strcasecmp(fault->method, method)) &&
           (fault->chat_id == 0 || fault->chat_id == chat_id);
}

const struct fault *faults_take(struct faults *faults, enum fault_kind kind, const char *method,
                                int64_t chat_id)
{
    for (int i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->list[i];
        if (fault->kind != kind || fault->left == 0 || !concerns(fault, method, chat_id))
            continue;
        if (fault->probability < 1 &&
            (double)(faults_random(&fault->random) >> 11) / 9007199254740992.0 >=
                fault->probability)
            continue;
        if (fault->left > 0)
            fault->left--;
        fault->hits++;
        return fault;
    }
    return NULL;
}

bool faults_is_down(const struct faults *faults, const char *method)
{
    for (int i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        if ((fault->kind == FAULT_RESET || fault->kind == FAULT_ERROR) && fault->left == -1 &&
            fault->probability >= 1 && concerns(fault, method, 0))
            return true;
    }
    return false;
}

int faults_add(struct faults *faults, json_object *wish, const char **why)
{
    const char *kind = json_str(wish, "kind"), *method = json_str(wish, "method");
    struct fault fault = {.kind = FAULT_KINDS};
    for (int i = 0; kind && i < FAULT_KINDS; i++)
        if (!strcmp(kind_names[i], kind))
            fault.kind = (enum fault_kind)i;
    if (fault.kind == FAULT_KINDS) {
        *why = "kind is one of lose, error, refuse, reset, delay";
        return -1;
    }
    if (faults->count == FAULTS_MOST)
        faults_clear(faults, "spent");
    if (faults->count == FAULTS_MOST) {
        *why = "too many faults at once";
        return -1;
    }
    snprintf(fault.method, sizeof fault.method, "%s", method ? method : "*");
    fault.chat_id = json_int(wish, "chat_id", 0);
    fault.left = json_int(wish, "count", -1);
    fault.probability = json_num(wish, "probability", 1);
    fault.random = (uint64_t)json_int(wish, "seed", 1);
    fault.code = (int)json_int(wish, "code", 502);
    fault.retry_after_s = (int)json_int(wish, "retry_after", 1);
    fault.delay_ms = (int)json_int(wish, "delay_ms", 0);
    if (fault.code < 400 || fault.code > 599) {
        *why = "code is from 400 to 599";
        return -1;
    }
    faults->list[faults->count++] = fault;
    return 0;
}

void faults_clear(struct faults *faults, const char *kind)
{
    int kept = 0;
    for (int i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        bool spent = kind && !strcmp(kind, "spent") && fault->left == 0;
        if (kind && !spent && strcmp(kind_names[fault->kind], kind) != 0)
            faults->list[kept++] = *fault;
    }
    faults->count = kept;
    if (!kind)
        faults->duplicate = false;
}

json_object *faults_to_json(const struct faults *faults)
{
    json_object *list = json_object_new_array();
    for (int i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        json_object *one = json_object_new_object();
        json_put_str(one, "kind", kind_names[fault->kind]);
        json_put_str(one, "method", fault->method);
        if (fault->chat_id)
            json_put_int(one, "chat_id", fault->chat_id);
        json_put_int(one, "left", fault->left);
        json_put_int(one, "hits", fault->hits);
        json_object_array_add(list, one);
    }
    json_object *out = json_object_new_object();
    json_object_object_add(out, "faults", list);
    json_put_flag(out, "duplicate", faults->duplicate);
    return out;
}
