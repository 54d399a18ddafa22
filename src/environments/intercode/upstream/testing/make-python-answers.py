"""Answers of Python, scikit-learn, numpy and scipy on seeded inputs, for the tests of the ports beside this folder.

    pip install "numpy<2" scikit-learn scipy && python make-python-answers.py > python-answers.json
"""

import datetime
import decimal
import json
import random
import shlex

import numpy as np
from scipy.stats import kendalltau
from sklearn.feature_extraction.text import TfidfVectorizer

draw = random.Random(7)


def text(pieces, most):
    return "".join(draw.choice(pieces) for _ in range(draw.randint(0, most)))


def split(line):
    try:
        return shlex.split(line)
    except ValueError:
        return None


def similarity(first, second):
    try:
        rows = TfidfVectorizer().fit_transform([first, second])
    except ValueError:
        return None
    return float((rows * rows.T).toarray()[0, 1])


def tau(first, second):
    order = {name: place for place, name in enumerate(sorted(set(first + second)))}
    value = kendalltau([order[x] for x in first], [order[x] for x in second]).statistic
    return None if np.isnan(value) else float(value)


shell = ["a", "b c", " ", "\t", "\n", "'", '"', "\\", '\\"', "$x", "#", "*.txt", "é", "\U0001f600", ";", "|"]
words = ["alpha", "beta", "Beta", " ", "\n", "/", "a", "1", "12", "é́x", "日本", "_x", "-", "ÀB", "½½", "٣٤"]
names = ["a", "b", "ab", "B", "é", "\uffff", "\U0001f600"]
chars = ["a", "'", '"', "\\", "\n", "\t", "\r", "\x00", "\x7f", "\xa0", "é", "\u200b", "\u2028", "\U0001f600", "\ud7ff", "\ue000", "\U000e0001", "日"]
lines = [text(shell, 12) for _ in range(120)]
pairs = [(text(words, 14), text(words, 14)) for _ in range(120)]
lists = []
for _ in range(120):
    length = draw.randint(2, 12)
    lists.append([[draw.choice(names) for _ in range(length)] for _ in range(2)])
numbers = [draw.choice([draw.uniform(-1, 1), draw.randint(-200, 200) / 200, draw.randint(-99, 99) / 16, 0.33 * draw.random()]) for _ in range(200)]
floats = [draw.choice([draw.random(), draw.uniform(-1, 1) * 10 ** draw.randint(-20, 25), float(draw.randint(-(10**17), 10**17)), 1e16, 1e15, 1e-4, 1e-5, 5e-324, 1.7976931348623157e308]) for _ in range(120)]
strings = [text(chars, 6) for _ in range(120)]
raw = [bytes(draw.choice([0, 9, 10, 13, 34, 39, 65, 92, 127, 200, 255]) for _ in range(draw.randint(0, 6))) for _ in range(40)]
spans = [draw.choice([0, 1, -1, 10**6, -(10**6), draw.randint(-(10**13), 10**13)]) for _ in range(40)]
moments = [[draw.randint(1, 9999), draw.randint(1, 12), draw.randint(1, 28), draw.randint(0, 23), draw.randint(0, 59), draw.choice([0, 7]), draw.choice([0, 0, 250000])] for _ in range(30)]
print(
    json.dumps(
        {
            "shlex": [[line, split(line)] for line in lines],
            "tfidf": [[a, b, similarity(a, b)] for a, b in pairs],
            "tau": [[a, b, tau(a, b)] for a, b in lists],
            "round": [[x, round(x, 2), float(np.round(x, 2))] for x in numbers],
            "floats": [[repr(x), x] for x in floats],
            "strings": [[x, repr(x)] for x in strings],
            "bytes": [[list(x), repr(x)] for x in raw],
            "timedeltas": [[x, repr(datetime.timedelta(microseconds=x))] for x in spans],
            "datetimes": [[x, repr(datetime.datetime(*x))] for x in moments],
            "rows": [
                [[1], repr((1,))],
                [[1, "a"], repr((1, "a"))],
                [[], repr(())],
            ],
            "decimal": repr(decimal.Decimal("1.50")),
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )
)
