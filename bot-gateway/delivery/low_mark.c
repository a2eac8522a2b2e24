/* low_mark.c - which rows have been read, which are settled */
#include "bot-gateway/delivery/low_mark.h"

struct known {
    int64_t id;
    bool is_settled;
};

struct low_mark {
    struct known *known; /* ascending by id; those before `first` are forgotten */
    size_t first, count, room;
    int64_t sealed;
    int64_t seals_to;  /* what the end of the sweep under way seals */
    int64_t newest;    /* of the last look */
    int64_t waits_for; /* once no transaction below this one runs, `then_to` is visible; 0: nothing
                          waits */
    int64_t then_to;
};

struct low_mark *low_mark_new(int64_t mark)
{
    struct low_mark *m = xcalloc(1, sizeof *m);
    m->sealed = m->seals_to = m->newest = mark;
    return m;
}

void low_mark_free(struct low_mark **mark)
{
    if (*mark == NULL)
        return;
    free((*mark)->known);
    free(*mark);
    *mark = NULL;
}

void low_mark_begin(struct low_mark *m, int64_t xmin, int64_t xmax, int64_t newest_id)
{
    if (m->waits_for != 0 && xmin >= m->waits_for) {
        m->seals_to = m->then_to;
        m->waits_for = 0;
    }
    if (m->waits_for == 0 && m->newest > m->seals_to) {
        m->waits_for = xmax;
        m->then_to = m->newest;
    }
    m->newest = max_i64(m->newest, newest_id);
}

/* Where the id stands, or would. */
static size_t place_of(const struct low_mark *m, int64_t id)
{
    size_t low = m->first, high = m->first + m->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->known[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_known(const struct low_mark *m, size_t place, int64_t id)
{
    return place < m->first + m->count && m->known[place].id == id;
}

static void make_room(struct low_mark *m)
{
    if (m->first > 0 && m->first >= m->count) {
        memmove(m->known, &m->known[m->first], m->count * sizeof m->known[0]);
        m->first = 0;
    }
    if (m->first + m->count < m->room)
        return;
    m->room = m->room == 0 ? 256 : 2 * m->room;
    m->known = xrealloc(m->known, m->room, sizeof m->known[0]);
}

bool low_mark_add(struct low_mark *m, int64_t id)
{
    if (id <= m->sealed || is_known(m, place_of(m, id), id))
        return false;
    make_room(m);
    size_t place = place_of(m, id), end = m->first + m->count++;
    memmove(&m->known[place + 1], &m->known[place], (end - place) * sizeof m->known[0]);
    m->known[place] = (struct known){id, false};
    return true;
}

/* Settled ids are remembered until they are sealed: an older look may still show them as new. */
static void forget_settled(struct low_mark *m)
{
    while (m->count > 0 && m->known[m->first].is_settled && m->known[m->first].id <= m->sealed) {
        m->first++;
        m->count--;
    }
}

void low_mark_end(struct low_mark *m)
{
    m->sealed = m->seals_to;
    forget_settled(m);
}

void low_mark_settle(struct low_mark *m, int64_t id)
{
    size_t place = place_of(m, id);
    if (is_known(m, place, id))
        m->known[place].is_settled = true;
    forget_settled(m);
}

int64_t low_mark_sealed(const struct low_mark *m)
{
    return m->sealed;
}

/* The first id remembered is unsettled, or not sealed yet. */
int64_t low_mark_value(const struct low_mark *m)
{
    if (m->count == 0)
        return m->sealed;
    return min_i64(m->sealed, m->known[m->first].id - 1);
}

size_t low_mark_known(const struct low_mark *m)
{
    return m->count;
}
