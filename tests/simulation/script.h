/* script.h - a history told again: what was said and changed, at the same instants, from a file
 *
 *     W step at what ...                                   as in a trace
 *     C step at event order actor acts_as target k=v ...   as in a trace, up to its bar
 *
 * Step 0 is the beginning. The order of a create is the number it gets, so that all others keep theirs when something is left out.
 * Deadlines come by themselves, and so does what the system does when somebody is removed.
 */
#pragma once
#include "tests/simulation/shell.h"

/* A file that cannot be read, or says what cannot be said, ends the program with exit code 2. */
void script_tell(struct shell *, const char *path);
