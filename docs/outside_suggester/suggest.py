#!/usr/bin/env python3
"""A suggester of your own: reads articles as JSON Lines, writes suggestions as JSON Lines.

This one knows a single pattern, "38 prisoners". Put your model in the place of `readings`; the
lines around it stay as they are. See docs/outside-suggester.md.
"""

import json
import re
import sys

PATTERN = re.compile(r"\b(?P<n>\d{1,3}(?:,\d{3})+|\d+) (?:\w+ ){0,2}?(?P<what>bodies|prisoners|hostages)\b")


def readings(text):
    """Yields the phrase, the count in it, its value, its category, and how sure that is."""
    for match in PATTERN.finditer(text):
        number = int(match["n"].replace(",", ""))
        yield match.span(), match.span("n"), number, match["what"], 0.9 if number < 10_000 else 0.5


def main():
    # UTF-8 whatever the system's own encoding; lines end in LF everywhere.
    source = open(sys.stdin.fileno(), encoding="utf-8", newline="\n")
    target = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n")
    for line in source:
        article = json.loads(line)
        text = article["text"]
        for (start, end), (first, last), number, category, score in readings(text):
            # Positions are code points, as Python counts them.
            count = {"start": first, "end": last, "text": text[first:last], "form": "exact", "n": number}
            suggestion = {"article": article["article"], "start": start, "end": end, "quote": text[start:end],
                          "count": count, "category": category, "score": score}
            print(json.dumps(suggestion, ensure_ascii=False), file=target, flush=True)


if __name__ == "__main__":
    main()
