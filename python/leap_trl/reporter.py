"""Progress, numbers that are none, and states that a killed training goes on from."""

import json
import math
import os
import signal
import time

import torch
from transformers import TrainerCallback

from .events import emit
from .failure import JobFailure

STATE = "leap_state.json"


class Reporter(TrainerCallback):
    """Tells Leap about every update, and keeps beside each saved state what the result needs (losses, tokens, seconds)."""

    def __init__(self, job: dict, saved: dict | None):
        saved = saved or {}
        self.job = job
        self.losses: list[float] = list(saved.get("losses", []))
        self.metrics: list[dict] = list(saved.get("metrics", []))
        self.tokens: int = saved.get("tokens", 0)
        self.trained_tokens: int = saved.get("trained_tokens", 0)
        self.earlier: float = saved.get("seconds", 0.0)
        self.begun = time.monotonic()
        self.now = torch.zeros(2, dtype=torch.int64)
        self.tokens_now = 0
        self.stop = False
        if int(os.environ.get("WORLD_SIZE", "1")) == 1:
            # Asked to end: save after the update at hand. Several processes would have to agree on the update, so they just end.
            signal.signal(signal.SIGTERM, self._on_signal)
            signal.signal(signal.SIGINT, self._on_signal)

    def _on_signal(self, *_):
        self.stop = True

    @property
    def seconds(self) -> float:
        return self.earlier + time.monotonic() - self.begun

    def count(self, inputs: dict) -> None:
        """Tokens of one micro-batch on this device, padding left out."""
        read = inputs["attention_mask"].sum() if "attention_mask" in inputs else inputs["input_ids"].numel()
        mask = inputs["completion_mask"] if "completion_mask" in inputs else inputs["labels"] != -100
        self.now += torch.tensor([int(read), int(mask.sum())])

    def gather(self, accelerator) -> None:
        """Adds what all processes have read since the last update."""
        total = accelerator.reduce(self.now.to(accelerator.device), reduction="sum").tolist()
        self.now.zero_()
        self.tokens += int(total[0])
        self.tokens_now += int(total[0])
        self.trained_tokens += int(total[1])

    def on_train_begin(self, args, state, control, **_):
        self.begun = time.monotonic()
        if state.global_step > 0:
            emit("resumed", step=state.global_step, steps=state.max_steps)

    def on_step_end(self, args, state, control, **_):
        if self.stop:
            control.should_save = True
            control.should_training_stop = True
        return control

    def on_log(self, args, state, control, logs=None, **_):
        logs = logs or {}
        if "loss" not in logs:
            return
        loss = float(logs["loss"])
        norm = float(logs.get("grad_norm", 0.0))
        if not math.isfinite(loss) or not math.isfinite(norm):
            raise JobFailure(
                "TRL_DIVERGED",
                f"update {state.global_step}: the loss is {loss}, the gradient's norm {norm}",
                f"Lower the learning rate (now {self.job['learning_rate']:g}) or warm up for longer (now {self.job['warmup_steps']} updates)"
                + ("; use precision bf16 instead of fp16" if self.job["precision"] == "fp16" else "")
                + ". Saved states from before are kept; with changed settings the training starts anew.",
            )
        self.losses.append(loss)
        metrics = {
            key: float(value)
            for key, value in logs.items()
            if key not in ("loss", "learning_rate", "epoch") and isinstance(value, (int, float)) and math.isfinite(value)
        }
        self.metrics.append(metrics)
        emit(
            "step",
            step=state.global_step,
            steps=state.max_steps,
            loss=loss,
            learning_rate=float(logs.get("learning_rate", 0.0)),
            tokens=self.tokens,
            tokens_per_second=self.tokens_now / max(1e-9, time.monotonic() - self.begun),
            metrics=metrics,
        )

    def on_save(self, args, state, control, **_):
        folder = os.path.join(args.output_dir, f"checkpoint-{state.global_step}")
        if not state.is_world_process_zero:
            return
        # Written last and renamed: a state without this file was cut off and is not used.
        values = {
            "step": state.global_step,
            "losses": self.losses,
            "metrics": self.metrics,
            "tokens": self.tokens,
            "trained_tokens": self.trained_tokens,
            "seconds": self.seconds,
        }
        temporary = os.path.join(folder, STATE + ".tmp")
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(values, file)
        os.replace(temporary, os.path.join(folder, STATE))
        emit("saved", step=state.global_step)


def last_state(folder: str) -> tuple[str, dict] | None:
    """The newest whole state in a folder of checkpoints."""
    found = []
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = os.path.join(folder, name)
        if name.startswith("checkpoint-") and os.path.exists(os.path.join(path, STATE)):
            found.append((int(name.split("-")[1]), path))
    if not found:
        return None
    path = max(found)[1]
    with open(os.path.join(path, STATE), encoding="utf-8") as file:
        return path, json.load(file)
