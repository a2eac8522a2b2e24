/* dialog_print.h - the dialog as a document: steps, rules, buttons, commands, screens (--print-dialog, tests/golden/dialog.md) */
#pragma once
#include <stdio.h>

void dialog_print(FILE *);
