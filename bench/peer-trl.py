"""Losses of update rules by TRL's own trainers on given logits, as JSON: the fixture of src/transformer/objectives.

    python bench/peer-trl.py > src/transformer/objectives/fixtures/trl.json

Needs torch and trl. The trainers' loss methods are called on a stand-in for the trainer, with a model that answers the given logits, so the
arithmetic is TRL's and the numbers are ours. Random numbers are drawn from a fixed seed.
"""

import json
import sys
from collections import defaultdict
from types import SimpleNamespace

import torch
import trl
from trl import DPOTrainer, KTOTrainer
from trl.experimental.gkd import GKDTrainer

VOCABULARY = 13
PROMPT = 2


def rounded(tensor):
    return [round(number, 7) for number in tensor.detach().double().flatten().tolist()]


class Answers:
    """Stands in for a model: a table from token ids to logits, with the outputs of TRL's fused head."""

    training = True

    def __init__(self, tables):
        self.tables = tables

    def __call__(self, input_ids, labels, **_):
        logits = next(logits for ids, logits in self.tables if ids is input_ids)
        shifted = labels[:, 1:]
        logarithms = torch.log_softmax(logits[:, :-1], dim=-1)
        picked = torch.gather(logarithms, 2, shifted.clamp(min=0).unsqueeze(2)).squeeze(2)
        log_probs = torch.where(shifted == -100, torch.zeros_like(picked), picked)
        zeros = torch.zeros_like(picked)
        return SimpleNamespace(log_probs=log_probs, entropy=zeros, mean_logits=zeros, is_top1=zeros.bool(), loss=zeros.sum())


class StandIn(SimpleNamespace):
    def __init__(self, **fields):
        accelerator = SimpleNamespace(device="cpu", gather_for_metrics=lambda x: x, gather=lambda x: x)
        model = SimpleNamespace(training=True)
        super().__init__(
            accelerator=accelerator, model=model, aux_loss_enabled=False, _metrics=defaultdict(lambda: defaultdict(list)),
            _total_train_tokens=0, _tp_size=1, precompute_ref_logps=True, **fields,
        )


def sequences(lengths, seed):
    """Padded rows of random tokens with their masks, and random logits that ask for a gradient."""
    generator = torch.Generator().manual_seed(seed)
    width = PROMPT + max(lengths)
    ids = torch.randint(0, VOCABULARY, (len(lengths), width), generator=generator)
    logits = (2 * torch.randn(len(lengths), width, VOCABULARY, generator=generator)).round(decimals=3).requires_grad_()
    attention = torch.zeros_like(ids)
    completion = torch.zeros_like(ids)
    for row, length in enumerate(lengths):
        attention[row, : PROMPT + length] = 1
        completion[row, PROMPT : PROMPT + length] = 1
    return ids, logits, attention, completion


def flat(ids, logits, completion):
    """The places before the targets, row after row: what Leap's objectives are given."""
    places = [(row, column) for row in range(len(ids)) for column in range(1, ids.shape[1]) if completion[row, column]]
    return {
        "logits": [rounded(logits[row, column - 1]) for row, column in places],
        "targets": [int(ids[row, column]) for row, column in places],
        "segments": [row for row, _ in places],
    }, lambda gradient: [rounded(gradient[row, column - 1]) for row, column in places]


def dpo():
    lengths = [3, 5, 2, 4, 1, 6]  # three chosen, then three rejected
    ids, logits, attention, completion = sequences(lengths, 1)
    reference = torch.tensor([-6.25, -12.5, -4.75, -9.0, -3.5, -15.25])
    given, gradient_of = flat(ids, logits, completion)
    cases = []
    for beta, sft in [(0.1, 0), (0.01, 0), (0.5, 0.2)]:
        trainer = StandIn(
            ld_alpha=None, f_divergence_type="reverse_kl", beta=beta, use_weighting=False, label_smoothing=0,
            loss_types=["sigmoid"] if sft == 0 else ["sigmoid", "sft"], loss_weights=[1.0] if sft == 0 else [1.0, sft],
        )
        inputs = {
            "input_ids": ids, "attention_mask": attention, "completion_mask": completion,
            "ref_chosen_logps": reference[:3], "ref_rejected_logps": reference[3:],
        }
        loss = DPOTrainer._compute_loss(trainer, Answers([(ids, logits)]), inputs, False)
        (gradient,) = torch.autograd.grad(loss, logits)
        cases.append({"beta": beta, "sft": sft, "loss": loss.item(), "gradient": gradient_of(gradient)})
    return {**given, "reference": reference.tolist(), "cases": cases}


def kto():
    lengths = [3, 5, 2, 4, 1]
    labels = [True, False, True, True, False]
    ids, logits, attention, completion = sequences(lengths, 2)
    kl_ids, kl_logits, kl_attention, kl_completion = sequences([5, 2, 4, 1, 3], 3)
    reference = torch.tensor([-6.25, -12.5, -4.75, -9.0, -3.5])
    given, gradient_of = flat(ids, logits, completion)
    cases = []
    for beta, desirable, undesirable, shift in [(0.1, 1.0, 1.0, 3.0), (0.1, 1.0, 1.33, -9.0), (0.5, 1.0, 0.0, 1.0)]:
        targets = torch.gather(torch.log_softmax(kl_logits[:, :-1], -1), 2, kl_ids[:, 1:].unsqueeze(2)).squeeze(2)
        sums = (targets * kl_completion[:, 1:]).sum(1).detach()
        trainer = StandIn(
            calculate_KL=True, beta=beta, loss_type="kto", desirable_weight=desirable, undesirable_weight=undesirable,
        )
        trainer._compute_kl_logps = lambda model, batch: KTOTrainer._compute_kl_logps(trainer, model, batch)
        inputs = {
            "input_ids": ids, "attention_mask": attention, "completion_mask": completion, "label": torch.tensor(labels),
            "KL_input_ids": kl_ids, "KL_attention_mask": kl_attention, "KL_completion_mask": kl_completion,
            "ref_logps": reference, "ref_KL_logps": sums - shift,
        }
        loss = KTOTrainer._compute_loss(trainer, Answers([(ids, logits), (kl_ids, kl_logits)]), inputs, False)
        (gradient,) = torch.autograd.grad(loss, logits)
        # The mean of the mismatched log-ratios is the shift, cut off below zero.
        cases.append(
            {"beta": beta, "desirable": desirable, "undesirable": undesirable, "kl": max(0.0, shift),
             "loss": loss.item(), "gradient": gradient_of(gradient)}
        )
    return {**given, "labels": labels, "reference": reference.tolist(), "cases": cases}


def distill():
    generator = torch.Generator().manual_seed(4)
    student = (2 * torch.randn(1, 6, VOCABULARY, generator=generator)).round(decimals=3).requires_grad_()
    teacher = (2 * torch.randn(1, 6, VOCABULARY, generator=generator)).round(decimals=3)
    labels = torch.zeros(1, 6, dtype=torch.long)
    cases = []
    for divergence, beta, temperature in [("forward", 0, 1.0), ("reverse", 1, 1.0), ("mixed", 0.5, 1.0), ("mixed", 0.2, 2.0)]:
        loss = GKDTrainer.generalized_jsd_loss(student, teacher, labels, beta=beta, temperature=temperature)
        (gradient,) = torch.autograd.grad(loss, student)
        cases.append(
            {"divergence": divergence, "mixture": 0.5 if beta in (0, 1) else beta, "temperature": temperature,
             "loss": loss.item(), "gradient": [rounded(row) for row in gradient[0]]}
        )
    return {"logits": [rounded(row) for row in student[0]], "teacher": [rounded(row) for row in teacher[0]], "cases": cases}


torch.set_grad_enabled(True)
json.dump({"versions": f"trl {trl.__version__}, torch {torch.__version__}", "dpo": dpo(), "kto": kto(), "distill": distill()}, sys.stdout)
print()
