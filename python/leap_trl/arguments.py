"""What all rules have in common, in the words of transformers' TrainingArguments."""

import torch

from .load_model import precision


def common_arguments(job: dict) -> dict:
    kind = precision(job)
    return {
        "output_dir": job["checkpoints"],
        "seed": job["seed"] % 2**32,
        "max_steps": job["updates"] or -1,
        "num_train_epochs": job["epochs"] or 1,
        "per_device_train_batch_size": job["rows_per_device"],
        "per_device_eval_batch_size": job["rows_per_device"],
        "gradient_accumulation_steps": job["accumulation"],
        "learning_rate": job["learning_rate"],
        "warmup_steps": job["warmup_steps"],
        "lr_scheduler_type": job["schedule"],
        "weight_decay": job["weight_decay"],
        "max_grad_norm": job["max_gradient_norm"],
        "optim": job["optimiser"],
        "max_length": job["max_length"],
        "bf16": kind == "bf16",
        "fp16": kind == "fp16",
        "use_cpu": job["use_cpu"],
        "gradient_checkpointing": job["gradient_checkpointing"],
        "gradient_checkpointing_kwargs": {"use_reentrant": False},
        "save_strategy": "steps",
        "save_steps": job["save_every"],
        # The last whole state must outlive a kill while the next is written.
        "save_total_limit": max(2, job["keep"]),
        "logging_strategy": "steps",
        "logging_steps": 1,
        # A loss that is no number must be seen, not averaged away.
        "logging_nan_inf_filter": False,
        "report_to": "none",
        "disable_tqdm": True,
        "dataloader_pin_memory": torch.cuda.is_available(),
    }
