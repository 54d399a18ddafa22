"""Loss on rows that were never trained on."""

import torch

from .rows import token_ids


@torch.no_grad()
def held_out_loss(model, tokenizer, rows: list[dict], job: dict) -> float | None:
    """Mean negative log-probability per completion token, nats. Rows that do not fit are left out; None if none fits."""
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    total, count = 0.0, 0
    for row in rows:
        prompt, answer = token_ids(row, "completion", tokenizer)
        if not answer or not prompt or len(prompt) + len(answer) > job["max_length"]:
            continue
        ids = torch.tensor([prompt + answer], device=device)
        logits = model(input_ids=ids).logits[0, len(prompt) - 1 : -1].float()
        total += torch.nn.functional.cross_entropy(logits, ids[0, len(prompt) :], reduction="sum").item()
        count += len(answer)
    model.train(was_training)
    return total / count if count > 0 else None
