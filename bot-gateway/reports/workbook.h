/* workbook.h - a billing month as a workbook (XLSX): numbers are numbers and dates are dates, so that one can go on reckoning */
#pragma once
#include "bot-gateway/reports/report.h"
#include "common/base/err.h"

/* Appends the file. It is written without touching a disk but for the library's own temporary files. */
int workbook_write(const struct report *, struct buf *xlsx, struct err *);
