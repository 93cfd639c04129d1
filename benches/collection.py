#!/usr/bin/env python3
"""Makes a large collection of articles, to measure memory and time of `qingwen corpus`.

Reads articles as JSON Lines (`{"text": ...}`) from standard input, and writes made ones to standard output:

    zstd -dc ../shared/corpora/{hant,hans,tw_news}.jsonl.zst | benches/collection.py --megabytes 2000 >articles.jsonl

A made article has sentences of all articles at random, and as many as a real one. So two of them share a sentence by chance
and are no copies. A quarter are copies of one of the 10,000 articles before: with two words changed, without a sentence, or
as they are. Each has a number as its id. The same input and options give the same output.

With `--sources 200`, each article comes from one of so many made sites (`source`), which print some lines above and below it.
A copy may come from another site. The first site has about one in six articles, and the others have fewer and fewer.
"""

import argparse
import itertools
import json
import random
import re
import sys

END = re.compile(r"(?<=[。！？])|\n")
WORDS = ["夜市", "街坊", "河堤", "昨天", "師傅", "说好", "老街", "搬走"]
RECENT = 10_000
MENU = ["首页", "時事", "文化", "生活", "影音", "專欄", "关于我们", "登入"]
FEET = ["訂閱{}電子報", "关注{}公众号", "下載{}應用程式", "{}版權所有"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=2000, help="size of the output")
    parser.add_argument("--copies", type=float, default=0.25, help="share of copies")
    parser.add_argument("--sources", type=int, default=0, help="number of sites; 0 for articles without a source")
    args = parser.parse_args()
    lengths, sentences = read(sys.stdin)
    choice = random.Random(1)
    sites = Sites(args.sources) if args.sources else None
    recent, written, number = [], 0, 0
    while written < args.megabytes * 1_000_000:
        is_copy = recent and choice.random() < args.copies
        article = edited(choice.choice(recent), choice) if is_copy else made(lengths, sentences, choice)
        if not is_copy:
            recent.append(article)
            recent = recent[-RECENT:] if len(recent) > 2 * RECENT else recent
        fields = sites.published(article) if sites else {"text": "\n".join(article)}
        record = json.dumps({"id": number, **fields}, ensure_ascii=False) + "\n"
        written += len(record.encode())
        sys.stdout.write(record)
        number += 1


class Sites:
    """Made sites, each with lines of its own above and below its articles."""

    def __init__(self, number):
        # Another one than that of the articles, which are then the same with sites and without.
        self.choice = random.Random(2)
        self.pages = [self.page() for _ in range(number)]
        self.weights = list(itertools.accumulate(1 / rank for rank in range(1, number + 1)))

    def page(self):
        name = "".join(self.choice.sample(WORDS, 3))
        return self.choice.sample(MENU, 4), [foot.format(name) for foot in self.choice.sample(FEET, 3)]

    def published(self, article):
        """The fields of an article on one of the sites."""
        [place] = self.choice.choices(range(len(self.pages)), cum_weights=self.weights)
        head, foot = self.pages[place]
        return {"source": f"{place}.example", "text": "\n".join([*head, *article, *foot])}


def read(lines):
    """The number of sentences of each article, and all sentences."""
    lengths, sentences = [], []
    for line in lines:
        parts = END.split(json.loads(line)["text"])
        own = [part for part in parts if 8 < len(part) < 200 and part[-1] in "。！？"]
        if own:
            lengths.append(len(own))
            sentences.extend(own)
    return lengths, sentences


def made(lengths, sentences, choice):
    return choice.choices(sentences, k=choice.choice(lengths))


def edited(article, choice):
    kind = choice.randrange(3)
    if kind == 0:
        return article
    if kind == 1 and len(article) > 4:
        gone = choice.randrange(len(article))
        return article[:gone] + article[gone + 1 :]
    return ["".join(changed(article[0], choice))] + article[1:]


def changed(sentence, choice):
    for _ in range(2):
        place = choice.randrange(len(sentence))
        sentence = sentence[:place] + choice.choice(WORDS) + sentence[place + 2 :]
    return sentence


if __name__ == "__main__":
    main()
