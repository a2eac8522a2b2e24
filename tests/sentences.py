#!/usr/bin/python3
"""sentences.py - string literals that look like human sentences and do not come from the catalogues

    tests/sentences.py bot-gateway/dialog/*.c ...

prints file, line and words of each. What a person reads stands in N_(), tr() or say(); what stays outside is what programs
read: log lines, errors, protocol. A sentence is two words beside each other, or any letter of another alphabet.
"""
import re
import sys

# Marks of the catalogues, and calls whose strings an operator or a program reads
NOT_SAID = re.compile(r"^(N_|tr|tr_n|tr_or_null|say|say_n|show_say|show_line|log_\w+|err_set|assert|_Static_assert|include)$")
# What else is for programs: file, words. Words that change are looked at anew.
FOR_PROGRAMS = {
    "dialog_print.c": None,  # all of it is the document of the dialog
    "former_card.c": ["person removed"],
    "format.c": ["минут", "мин", "м", "час", "ч", "дн", "день", "д"],  # what people type
    "notice_moot.c": None,  # why a notice is not sent: deliveries.error
    "notice_text.c": ["nothing waits any more", "nobody was asked", "no such notice", "not for this person any more", "no such card"],
    "alert_list_text.c": ["no such notice"],
    "sketch.c": ["DejaVu Sans"],
    "workbook.c": ["dd.mm.yyyy hh:mm"],
}
TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|[^\s]""", re.DOTALL)
MARKUP = re.compile(r"<[^<>]*>|%[-+ 0-9.*]*(?:l|ll|z|h)?[a-zA-Z]|\\.|\{[a-z_]*\}")
SENTENCE = re.compile(r"[A-Za-z]{2,}[,:;]? +[A-Za-z]{2,}|[^\W\d_a-zA-Z]")
ENDS_A_ROW = re.compile(r'"[^"]*"\s*\},$')  # the last column of a table is for who reads the program


def literals(text):
    """(line, words, the calls around it) of every string, neighbours put together."""
    calls, last, pending = [], "", None
    for match in TOKEN.finditer(text):
        token = match.group()
        if token.startswith(("//", "/*")):
            continue
        if token.startswith('"'):
            line = text.count("\n", 0, match.start()) + 1
            pending = (pending[0], pending[1] + token[1:-1], list(calls)) if pending else (line, token[1:-1], list(calls))
            continue
        if pending:
            yield pending
            pending = None
        if token == "(":
            calls.append(last)
        elif token == ")" and calls:
            calls.pop()
        last = token


def main():
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            text = file.read()
        lines = text.split("\n")
        known = FOR_PROGRAMS.get(name.rsplit("/", 1)[-1], [])
        for line, words, calls in literals(text):
            said = MARKUP.sub(" ", re.sub(r"\\u[0-9a-fA-F]{4}", "", words))
            is_json = r'\":' in words
            if SENTENCE.search(said) and not (is_json or known is None or words in known or any(NOT_SAID.match(call) for call in calls)
                                              or ENDS_A_ROW.search(lines[line - 1])):
                print(f"{name}:{line}: \"{words[:80]}\"")


if __name__ == "__main__":
    main()
