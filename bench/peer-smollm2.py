"""What transformers makes of SmolLM2-135M-Instruct, for bench/check-smollm2.ts.

    python bench/peer-smollm2.py FOLDER < request.json > answer.json

The request is {"texts": [...], "messages": [...], "greedy": n, "logits": path}. FOLDER is a model folder in Hugging Face layout. Answers with the token ids of the
texts and of the conversation, writes the logits of every position of the first text (float32, row after row) to `logits`, and n tokens chosen
greedily behind the conversation. Needs torch and transformers.
"""

import json
import sys

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

request = json.load(sys.stdin)
torch.set_num_threads(2)
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
model = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.float32).eval()
texts = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in request["texts"]]
chat = tokenizer.apply_chat_template(request["messages"], add_generation_prompt=True, tokenize=True, return_dict=True)["input_ids"]
with torch.no_grad():
    logits = model(input_ids=torch.tensor([texts[0]])).logits[0]
    with open(request["logits"], "wb") as file:
        file.write(logits.float().contiguous().numpy().tobytes())
    greedy = model.generate(torch.tensor([chat]), max_new_tokens=request["greedy"], do_sample=False)[0, len(chat) :].tolist()
json.dump(
    {"versions": f"torch {torch.__version__}, transformers {transformers.__version__}", "texts": texts, "chat": chat, "greedy": greedy},
    sys.stdout,
)
