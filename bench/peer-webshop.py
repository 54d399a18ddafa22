"""The original WebShop, told over standard input what to measure: one JSON request a line, one JSON answer a line.

    python bench/peer-webshop.py <checkout of princeton-nlp/WebShop>

Needs what WebShop needs to run its text environment on the small set: Flask, BeautifulSoup, gym, thefuzz, pyserini with Java, data/ and
search_engine/indexes_1k as its setup.sh leaves them. Packages that the text environment imports and never calls (torch, faiss, ...) are
replaced by empty ones where they are absent. So is spaCy, which is only asked about titles when something is bought; the answers say so.
"""

import importlib.machinery
import importlib.util
import json
import os
import random
import re
import sys
import time
from types import ModuleType, SimpleNamespace
from unittest.mock import MagicMock

UNUSED = {
    "faiss", "torch", "transformers", "nmslib", "sentencepiece", "lightgbm", "sklearn", "scipy",
    "onnxruntime", "pandas", "tiktoken", "openai", "selenium", "cleantext", "PIL",
}  # fmt: skip
replaced = []


class EmptyPackages:
    """Finds what nobody else has found, if it is known not to be used."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in UNUSED:
            return None
        if "." not in name:
            replaced.append(name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = ModuleType(spec.name)
        module.__getattr__ = lambda attribute: MagicMock()
        return module

    def exec_module(self, module):
        pass


def use_words_for_nouns():
    """Stands in for spaCy: every word is a noun. Faster than any tagger, so it flatters the original."""

    def parse(text):
        return [SimpleNamespace(text=word, pos_="NOUN") for word in re.findall("[A-Za-z]+", text)]

    spacy = ModuleType("spacy")
    spacy.load = lambda name: parse
    sys.modules["spacy"] = spacy
    replaced.append("spacy")


def open_environment(checkout):
    sys.path.insert(0, checkout)
    os.chdir(checkout)
    sys.meta_path.append(EmptyPackages())
    try:
        import spacy

        spacy.load("en_core_web_sm")
    except Exception:
        use_words_for_nouns()
    from web_agent_site.envs.web_agent_text_env import WebAgentTextEnv

    # What the original leaves to chance: prices of ranges and price bounds.
    random.seed(7)
    return WebAgentTextEnv(observation_mode="text_rich", num_products=1000, human_goals=0)


def timed(work):
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "result": result,
    }


def play(environment, episodes):
    seen = []
    for number, (goal, actions) in enumerate(episodes):
        # A session that was seen before keeps what it bought.
        environment.session_prefix = f"{play.round}-{number}-"
        first, _ = environment.reset(goal)
        pages = [first]
        for action in actions:
            pages.append(environment.step(action)[0])
        seen.append(pages)
    play.round += 1
    return seen


play.round = 0


def search(environment, queries):
    from web_agent_site.engine.engine import get_top_n_product_from_keywords

    server = environment.server
    return [
        [
            product["asin"]
            for product in get_top_n_product_from_keywords(
                query.split(" "), server.search_engine, server.all_products, server.product_item_dict
            )
        ]
        for query in queries
    ]


def search_lucene(environment, queries):
    engine = environment.server.search_engine
    return [[hit.docid for hit in engine.search(query, k=50)] for query in queries]


def compare(environment, pairs):
    from thefuzz import fuzz

    return [fuzz.token_set_ratio(a, b) for a, b in pairs]


def versions():
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in ("flask", "beautifulsoup4", "gym", "thefuzz", "pyserini"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            pass
    return [f"Python {sys.version.split()[0]}", *found]


def main():
    # The original prints as it loads; answers go where only answers are.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    environment = open_environment(os.path.abspath(sys.argv[1]))
    work = {"steps": play, "searches": search, "lucene": search_lucene, "ratios": compare}

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    answer({"versions": versions(), "replaced": replaced, "goals": len(environment.server.goals)})
    for line in sys.stdin:
        request = json.loads(line)
        answer(timed(lambda: work[request["do"]](environment, request["on"])))


main()
