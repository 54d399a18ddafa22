"""The course of every training: load, check, resume, train, judge, save. What differs between rules comes in as `make_trainer`."""

import json
import math
import os
import platform
import sys
import threading
import time
import traceback

from .events import claim_stdout, emit, is_main
from .failure import describe


def run_job(rule: str, make_trainer) -> None:
    """Runs the job of the JSON file named on the command line and ends the process: 0 done, 3 stopped on request, 1 failed."""
    claim_stdout()
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    _watch_parent(job.get("parent"))
    try:
        if job["rule"] != rule:
            raise ValueError(f"this script trains with rule {rule}, the job asks for {job['rule']}")
        finished = _run(rule, job, make_trainer)
    except BaseException as error:
        traceback.print_exc()
        emit("error", always=not isinstance(error, KeyboardInterrupt), **describe(error, job))
        sys.stderr.flush()
        # Other processes may wait for this one in a collective call: end at once, so that the launcher ends them.
        os._exit(1)
    sys.stderr.flush()
    os._exit(0 if finished else 3)


def _run(rule: str, job: dict, make_trainer) -> bool:
    import accelerate
    import peft
    import torch
    import transformers
    import trl
    from datasets import Dataset

    from .load_model import device_name, load_model, load_reference, load_tokenizer, precision
    from .reporter import Reporter, last_state
    from .rows import check_rows, for_tokenizer, read_rows
    from .held_out import held_out_loss

    transformers.set_seed(job["seed"] % 2**32)
    emit(
        "loading",
        versions={
            "python": platform.python_version(),
            **{module.__name__: module.__version__ for module in (torch, transformers, trl, peft, accelerate)},
        },
        device=device_name(),
        processes=int(os.environ.get("WORLD_SIZE", "1")),
        precision=precision(job),
    )
    tokenizer = load_tokenizer(job)
    rows = check_rows(for_tokenizer(read_rows(job["rows"]["train"]), tokenizer), rule, tokenizer, job)
    model, peft_config = load_model(job)
    state = last_state(job["checkpoints"])
    reporter = Reporter(job, state[1] if state else None)
    parts = {"model": model, "processing_class": tokenizer, "train_dataset": Dataset.from_list(rows), "peft_config": peft_config}
    reference = load_reference(job)
    if reference is not None:
        parts["ref_model"] = reference
    trainer = make_trainer(job, **parts)
    _count_tokens(trainer, reporter)
    trainer.add_callback(reporter)
    output = trainer.train(resume_from_checkpoint=state[0] if state else None)
    if output.global_step < trainer.state.max_steps:
        emit("stopped", step=output.global_step)
        return False

    held_out = None
    if job["rows"]["held_out"] is not None:
        held_out_rows = for_tokenizer(read_rows(job["rows"]["held_out"]), tokenizer)
        held_out = held_out_loss(trainer.model_wrapped, tokenizer, held_out_rows, job)
    trainer.save_model(job["output"])
    if is_main():
        if job["lora"] is None:
            tokenizer.save_pretrained(job["output"])
        # Shapes of the base, so that an adapter can be checked where the base is a name on a hub.
        with open(os.path.join(job["output"], "base_config.json"), "w", encoding="utf-8") as file:
            json.dump(trainer.model.config.to_dict(), file, indent=2, default=str)
    last = reporter.losses[-math.ceil(len(reporter.losses) / 10) :]
    metrics = reporter.metrics[-len(last) :]
    emit(
        "done",
        steps=output.global_step,
        tokens=reporter.tokens,
        trained_tokens=reporter.trained_tokens,
        final_loss=sum(last) / len(last),
        held_out_loss=held_out,
        metrics={key: sum(one.get(key, 0.0) for one in metrics) / len(metrics) for key in (metrics[-1] if metrics else {})},
        seconds=reporter.seconds,
    )
    return True


def _count_tokens(trainer, reporter) -> None:
    """Counts what each micro-batch holds, where it is trained on: a loader reads ahead, so counting there would count too much."""
    step = trainer.training_step
    log = trainer.log

    def counting_step(model, inputs, *args, **kwargs):
        reporter.count(inputs)
        return step(model, inputs, *args, **kwargs)

    def gathering_log(logs, *args, **kwargs):
        if "loss" in logs:
            reporter.gather(trainer.accelerator)
        return log(logs, *args, **kwargs)

    trainer.training_step = counting_step
    trainer.log = gathering_log


def _watch_parent(parent: int | None) -> None:
    """Ends this process when Leap is gone: a training that nobody reads would keep the GPU."""
    if parent is None:
        return

    def watch():
        while True:
            time.sleep(5)
            try:
                os.kill(parent, 0)
            except ProcessLookupError:
                os._exit(4)
            except PermissionError:
                pass

    threading.Thread(target=watch, daemon=True).start()
