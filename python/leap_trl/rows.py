"""Training rows: as Leap wrote them, in the form that TRL takes for this tokenizer, and counted."""

import json

from .events import emit
from .failure import JobFailure

ANSWERS = {"sft": ("completion",), "dpo": ("chosen", "rejected"), "kto": ("completion",), "distill": ("completion",)}


def read_rows(path: str) -> list[dict]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def is_chat(tokenizer) -> bool:
    """Whether the tokenizer knows turns. A template that only joins contents (Leap's own students) would train no end token."""
    template = tokenizer.chat_template
    if not template:
        return False
    ended = tokenizer.apply_chat_template(
        [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], tokenize=False
    )
    return ended != "ab"


def for_tokenizer(rows: list[dict], tokenizer) -> list[dict]:
    """Chat rows where the tokenizer has a chat template; else plain text, to which TRL adds the end token."""
    if is_chat(tokenizer):
        return rows

    def text(value):
        return "".join(message["content"] for message in value) if isinstance(value, list) else value

    return [{key: text(value) for key, value in row.items()} for row in rows]


def token_ids(row: dict, answer: str, tokenizer) -> tuple[list[int], list[int]]:
    """Token ids of prompt and answer, split where TRL splits them: at the end of their common beginning."""
    if isinstance(row["prompt"], str):
        prompt = tokenizer(row["prompt"])["input_ids"]
        end = tokenizer.eos_token or ""
        text = row["prompt"] + row[answer]
        whole = tokenizer(text if text.endswith(end) else text + end)["input_ids"]
    else:

        def render(messages, **options):
            return tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True, **options)["input_ids"]

        prompt = render(row["prompt"], add_generation_prompt=True)
        whole = render(row["prompt"] + row[answer])
    shared = 0
    while shared < min(len(prompt), len(whole)) and prompt[shared] == whole[shared]:
        shared += 1
    return whole[:shared], whole[shared:]


def check_rows(rows: list[dict], rule: str, tokenizer, job: dict) -> list[dict]:
    """Rows that fit and teach. A row without a trained token, or cut off at max_length, would fail silently: the loss just leaves it out."""
    kept, tokens, trained, longest, dropped = [], 0, 0, 0, 0
    for number, row in enumerate(rows, start=1):
        pieces = [token_ids(row, answer, tokenizer) for answer in ANSWERS[rule]]
        length = max(len(prompt) + len(answer) for prompt, answer in pieces)
        if rule == "distill":
            informed, said = token_ids({**row, "prompt": row["privileged_prompt"]}, "completion", tokenizer)
            length = max(length, len(informed) + len(said))
            if said != pieces[0][1]:
                raise JobFailure(
                    "TRL_ROW_TOKENS",
                    f"row {number} of {job['rows']['train']}: the answer is cut into other tokens behind the prompt with the hidden state than behind the one without",
                    "Let both prompts end alike (Leap's renderers do); distillation compares the two token by token.",
                )
        if any(len(answer) == 0 for _, answer in pieces):
            raise JobFailure(
                "TRL_ROW_EMPTY",
                f"row {number} of {job['rows']['train']} has no trained token after the chat template",
                "Give every row a completion; if all rows are so, the chat template drops what the assistant says.",
            )
        if length > job["max_length"]:
            if not job["drop_long"]:
                raise JobFailure(
                    "TRL_ROW_TOO_LONG",
                    f"row {number} of {job['rows']['train']} has {length} tokens, training.trl.maxLength is {job['max_length']}",
                    f"Raise training.trl.maxLength to {length} or more, or set training.trl.dropLong to true to leave such rows out.",
                )
            dropped += 1
            continue
        kept.append(row)
        longest = max(longest, length)
        tokens += sum(len(prompt) + len(answer) for prompt, answer in pieces)
        trained += sum(len(answer) for _, answer in pieces)
    if not kept:
        raise JobFailure(
            "TRL_DATA_EMPTY",
            f"none of {len(rows)} rows fits into {job['max_length']} tokens",
            "Raise training.trl.maxLength.",
        )
    job["longest_row"] = longest
    prompt, answer = token_ids(kept[0], ANSWERS[rule][0], tokenizer)
    emit(
        "rows",
        rows=len(kept),
        dropped=dropped,
        tokens=tokens,
        trained_tokens=trained,
        longest=longest,
        sample={"prompt_end": tokenizer.decode(prompt[-40:]), "trained": tokenizer.decode(answer)},
    )
    return kept
