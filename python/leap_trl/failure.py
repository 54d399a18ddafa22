"""Failures that the reader of a run can act on."""


class JobFailure(Exception):
    """Ends a training with a code and an advice instead of a stack trace."""

    def __init__(self, code: str, message: str, advice: str):
        super().__init__(message)
        self.code = code
        self.advice = advice


def describe(error: BaseException, job: dict) -> dict:
    """Code, message and advice for whatever ended a training. `job` supplies the numbers that the advice is about."""
    if isinstance(error, JobFailure):
        return {"code": error.code, "message": str(error), "advice": error.advice}
    text = f"{type(error).__name__}: {error}"
    if _is_out_of_memory(error):
        return {
            "code": "TRL_OUT_OF_MEMORY",
            "message": text.split("\n")[0],
            "advice": _memory_advice(job),
        }
    if isinstance(error, ImportError):
        return {
            "code": "TRL_PACKAGE_MISSING",
            "message": text,
            "advice": "The Python environment lacks a package, or has one of another version. Leave training.trl.python out to let Leap make "
            "an environment, or install python/requirements.lock (for quantisation and deepspeed: their extras in python/pyproject.toml) into yours.",
        }
    return {
        "code": "TRL_FAILED",
        "message": text[:2000],
        "advice": "The lines above it are in the training's log file.",
    }


def _is_out_of_memory(error: BaseException) -> bool:
    name = type(error).__name__
    return name in ("OutOfMemoryError", "MemoryError") or (
        isinstance(error, RuntimeError) and ("out of memory" in str(error) or "can't allocate memory" in str(error))
    )


def _memory_advice(job: dict) -> str:
    rows = job.get("rows_per_device", 1)
    advice = []
    if rows > 1:
        advice.append(
            f"set training.trl.rowsPerDevice to {max(1, rows // 2)} (now {rows}) and multiply accumulation by {rows // max(1, rows // 2)}: "
            "the update stays the same"
        )
    if job.get("longest_row"):
        advice.append(f"shorten the rows (the longest has {job['longest_row']} tokens, maxLength is {job.get('max_length')})")
    if job.get("lora") is None:
        advice.append("train an adapter (training.trl.lora) instead of all weights")
    if job.get("quantisation") == "none" and job.get("lora") is not None:
        advice.append("set training.trl.quantisation to 4bit (QLoRA)")
    if not job.get("gradient_checkpointing"):
        advice.append("set training.trl.gradientCheckpointing to true")
    advice.append("spread the model over several GPUs (training.trl.distributed.strategy: fsdp)")
    return (
        "To need less memory: "
        + "; or ".join(advice)
        + ". rowsPerDevice, accumulation, gradientCheckpointing and distributed may be changed in a run that is resumed: this training starts anew, what came before "
        "stays. The others make another run."
    )
