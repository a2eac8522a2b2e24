/* low_mark.h - which rows have been read, which are settled, below which id nothing is left to do (pure)
 *
 * Ids are given out before their transactions commit, so a lower id may appear after a higher one was read. Rows are therefore
 * read in sweeps, each from the same point on, where every id below is known to be visible: `sealed`. A sweep begins with a look
 * at the running transactions. The newest id of one look is sealed as soon as all transactions have ended that ran at the NEXT
 * look (the next one: between taking a number and writing its first row a transaction has no number of its own yet) and a
 * sweep has been completed since.
 *
 *     settled ... | mark | in line or under way ... | sealed | read, perhaps with gaps ... | newest
 */
#pragma once
#include "common/base/base.h"

struct low_mark;

struct low_mark *low_mark_new(int64_t mark); /* everything at or below it is settled; caller owns */
void             low_mark_free(struct low_mark **);

/* A sweep: begin with the look that preceded its first page, add every id of every page, end after the last page. */
void low_mark_begin(struct low_mark *, int64_t xmin, int64_t xmax, int64_t newest_id);
bool low_mark_add(struct low_mark *, int64_t id); /* false: known already */
void low_mark_end(struct low_mark *);

void    low_mark_settle(struct low_mark *, int64_t id);
int64_t low_mark_sealed(const struct low_mark *); /* where the next sweep begins: ids above */
int64_t low_mark_value(const struct low_mark *);  /* nothing at or below is unsettled */
size_t  low_mark_known(const struct low_mark *);  /* ids remembered */
