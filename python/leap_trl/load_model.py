"""The model that a training starts from, as the rules need it."""

import os

import torch
from peft import LoraConfig, PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

from .failure import JobFailure


def device_name() -> str:
    if torch.cuda.is_available():
        return torch.cuda.get_device_name(int(os.environ.get("LOCAL_RANK", "0")))
    if getattr(torch.backends, "mps", None) and torch.backends.mps.is_available():
        return "Apple GPU"
    return f"CPU, {torch.get_num_threads()} threads"


def precision(job: dict) -> str:
    """bf16, fp16 or fp32. `auto`: bf16 where the GPU computes in it, float32 on a CPU."""
    if job["precision"] != "auto":
        return job["precision"]
    if not torch.cuda.is_available():
        return "fp32"
    return "bf16" if torch.cuda.is_bf16_supported() else "fp16"


def load_tokenizer(job: dict):
    model = job["model"]
    tokenizer = AutoTokenizer.from_pretrained(model["base"], revision=model["revision"])
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_reference(job: dict):
    """The frozen reference of DPO and KTO where it is not what the training starts from; else None, and TRL makes it (see load_model)."""
    reference = job["model"].get("reference")
    if reference is None or job["rule"] in ("sft", "distill"):
        return None
    loaded = AutoModelForCausalLM.from_pretrained(reference["base"], **_loading_options(job, reference["revision"]))
    if reference["adapter"] is not None:
        loaded = PeftModel.from_pretrained(loaded, reference["adapter"], is_trainable=False).merge_and_unload()
    return loaded


def load_teacher(job: dict, student):
    """The frozen model that distillation learns from: the one that the job names, or the student as it is before its first update."""
    model = job["model"]
    named = model.get("teacher") or model
    loaded = AutoModelForCausalLM.from_pretrained(named["base"], **_loading_options(job, named["revision"]))
    if loaded.config.vocab_size != student.config.vocab_size:
        raise JobFailure(
            "TEACHER_VOCABULARY",
            f"the teacher {named['base']} knows {loaded.config.vocab_size} tokens, the student {student.config.vocab_size}",
            "Token-level distillation compares the two token by token: take a bigger model of the same family, or another rule.",
        )
    if named["adapter"] is not None:
        loaded = PeftModel.from_pretrained(loaded, named["adapter"], is_trainable=False)
    return loaded.eval().requires_grad_(False)


def load_model(job: dict):
    """Model and adapter settings for the trainer.

    An adapter that a training goes on from is loaded as trainable and no settings are returned: TRL then takes a frozen copy of it as the
    reference of DPO and KTO, which is the previous iteration's policy. A fresh adapter is left to TRL (settings are returned), and the
    reference is the base without adapter. Without LoRA, TRL loads the reference from the model's own folder, again the previous policy.
    """
    model = job["model"]
    loaded = AutoModelForCausalLM.from_pretrained(model["base"], **_loading_options(job, model["revision"]))
    loaded.config.use_cache = False
    if job["lora"] is None:
        return loaded, None
    if model["adapter"] is not None:
        return PeftModel.from_pretrained(loaded, model["adapter"], is_trainable=True), None
    lora = job["lora"]
    return loaded, LoraConfig(
        r=lora["rank"],
        lora_alpha=lora["alpha"],
        lora_dropout=lora["dropout"],
        target_modules=lora["target_modules"],
        use_rslora=lora["rank_stabilised"],
        bias="none",
        task_type="CAUSAL_LM",
    )


def _loading_options(job: dict, revision: str | None) -> dict:
    kind = precision(job)
    half = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}[kind]
    # All weights are trained in float32 with autocast; frozen ones need no more than half precision.
    options = {"dtype": half if job["lora"] is not None else torch.float32, "revision": revision}
    if job["attention"] != "auto":
        options["attn_implementation"] = job["attention"]
    if job["quantisation"] != "none":
        options["quantization_config"] = (
            BitsAndBytesConfig(
                load_in_4bit=True,
                bnb_4bit_quant_type="nf4",
                bnb_4bit_use_double_quant=True,
                bnb_4bit_compute_dtype=half,
                # FSDP divides tensors of one type only.
                bnb_4bit_quant_storage=half,
            )
            if job["quantisation"] == "4bit"
            else BitsAndBytesConfig(load_in_8bit=True)
        )
        if torch.cuda.is_available():
            options["device_map"] = {"": int(os.environ.get("LOCAL_RANK", "0"))}
    return options
