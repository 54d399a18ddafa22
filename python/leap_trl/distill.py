"""On-policy distillation with privilege: at every token of the student's own answers, its distribution is drawn towards that of a frozen model that has
read the hidden state too. The generalised Jensen-Shannon divergence of Agarwal et al. 2024 ("GKD", eq. 1), and its two limits."""

import math

import torch

from .job import run_job

IGNORED = -100


def divergences(student, teacher, rule: dict):
    """Nats per row of two tensors of logits [rows, vocabulary]. forward: KL(teacher, student); reverse: KL(student, teacher); mixed: both against their mixture."""
    p = torch.log_softmax(student.float() / rule["temperature"], -1)
    q = torch.log_softmax(teacher.float() / rule["temperature"], -1)

    def divergence(a, b):
        return (a.exp() * (a - b)).sum(-1)

    if rule["divergence"] == "forward":
        return divergence(q, p)
    if rule["divergence"] == "reverse":
        return divergence(p, q)
    share = rule["mixture"]
    mixed = torch.logaddexp(p + math.log(1 - share), q + math.log(share))
    return share * divergence(q, mixed) + (1 - share) * divergence(p, mixed)


def collate(features: list[dict], padding: int) -> dict:
    """Rows of token ids as tensors, filled up behind."""

    def fill(key, value):
        longest = max(len(feature[key]) for feature in features)
        return torch.tensor([feature[key] + [value] * (longest - len(feature[key])) for feature in features])

    batch = {}
    for prefix in ("", "teacher_"):
        batch[prefix + "input_ids"] = fill(prefix + "input_ids", padding)
        batch[prefix + "labels"] = fill(prefix + "labels", IGNORED)
        lengths = torch.tensor([[len(feature[prefix + "input_ids"])] for feature in features])
        batch[prefix + "attention_mask"] = (torch.arange(batch[prefix + "input_ids"].shape[1])[None] < lengths).long()
    return batch


def answer_logits(model, ids, mask, labels):
    """Logits [answer tokens, vocabulary] at the tokens before those of the answers, in the order of rows and columns."""
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
    return logits[labels[:, 1:] != IGNORED]


def make_trainer(job, model, processing_class, train_dataset, peft_config):
    from peft import get_peft_model
    from transformers import Trainer, TrainingArguments

    from .arguments import common_arguments
    from .load_model import load_teacher
    from .rows import token_ids

    rule = job["distill"]
    teacher = load_teacher(job, model)
    if peft_config is not None:
        model = get_peft_model(model, peft_config)
    if job["gradient_checkpointing"] and job["lora"] is not None:
        model.enable_input_require_grads()

    def tokenise(row):
        tokens = {}
        for prefix, prompt in (("", row["prompt"]), ("teacher_", row["privileged_prompt"])):
            before, answer = token_ids({"prompt": prompt, "completion": row["completion"]}, "completion", processing_class)
            tokens[prefix + "input_ids"] = before + answer
            tokens[prefix + "labels"] = [IGNORED] * len(before) + answer
        return tokens

    class DistillTrainer(Trainer):
        def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
            keys = ("input_ids", "attention_mask", "labels")
            with torch.no_grad():
                if next(teacher.parameters()).device != inputs["input_ids"].device:
                    teacher.to(inputs["input_ids"].device)
                said = answer_logits(teacher, *(inputs["teacher_" + key] for key in keys))
            loss = divergences(answer_logits(model, *(inputs[key] for key in keys)), said, rule).sum()
            # The mean over all answer tokens of an update, whichever micro-batch and device they are in.
            if num_items_in_batch is None:
                return loss / max(1, said.shape[0])
            loss = loss / num_items_in_batch
            return loss * self.accelerator.num_processes if self.args.average_tokens_across_devices else loss

    arguments = {key: value for key, value in common_arguments(job).items() if key != "max_length"}
    trainer = DistillTrainer(
        model=model,
        args=TrainingArguments(**arguments, remove_unused_columns=False),
        train_dataset=train_dataset.map(tokenise, remove_columns=train_dataset.column_names),
        data_collator=lambda features: collate(features, processing_class.pad_token_id),
        processing_class=processing_class,
    )
    # Else the loss of an update would be divided by the number of its micro-batches a second time.
    trainer.model_accepts_loss_kwargs = True
    return trainer


if __name__ == "__main__":
    run_job("distill", make_trainer)
