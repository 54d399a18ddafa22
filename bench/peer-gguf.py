"""Random quantised blocks and the numbers that ggml's own Python package makes of them, as JSON: the fixture of src/transformer/gguf.

    python bench/peer-gguf.py > src/transformer/gguf/fixtures/blocks.json

Needs gguf and numpy. Bytes are drawn from a fixed seed; scales are replaced by small half-precision numbers, so that no block holds infinities.
"""

import base64
import json
import sys

import numpy as np
from gguf import GGMLQuantizationType, GGML_QUANT_SIZES
from gguf.quants import dequantize

SCALES = {"Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}

random = np.random.default_rng(1)
blocks = []
for name, places in SCALES.items():
    kind = GGMLQuantizationType[name]
    _, size = GGML_QUANT_SIZES[kind]
    data = random.integers(0, 256, size=(2, size), dtype=np.uint8)
    for row in data:
        for place in places:
            row[place : place + 2] = np.frombuffer(np.float16(random.normal() / 16).tobytes(), dtype=np.uint8)
    numbers = dequantize(data.reshape(-1), kind).astype(np.float32)
    blocks.append({
        "name": name, "type": int(kind), "bytes": base64.b64encode(data.tobytes()).decode(),
        "numbers": base64.b64encode(numbers.tobytes()).decode(),
    })
# Types of one number each: ordinary ones, the least and the largest, and both zeros. bfloat16 is the upper half of float32.
for name, ends in [("F16", [6e-8, 6.1e-5, 65504, -65504, 0.0, -0.0]), ("BF16", [1e-40, 1.2e-38, 3.3e38, -3.3e38, 0.0, -0.0])]:
    kind = GGMLQuantizationType[name]
    drawn = np.concatenate([random.normal(size=58), ends]).astype(np.float32)
    halves = drawn.astype(np.float16) if name == "F16" else (drawn.view(np.uint32) >> 16).astype(np.uint16)
    data = np.frombuffer(halves.tobytes(), dtype=np.uint8)
    numbers = dequantize(data if name == "BF16" else halves, kind).astype(np.float32)
    blocks.append({
        "name": name, "type": int(kind), "bytes": base64.b64encode(data.tobytes()).decode(),
        "numbers": base64.b64encode(numbers.tobytes()).decode(),
    })
json.dump(blocks, sys.stdout, indent=1)
print()
