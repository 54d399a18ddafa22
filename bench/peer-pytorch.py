"""The same model, batch, loss and optimiser as bench/peer-pytorch.ts measures, in PyTorch with transformers' models.

Reads one JSON request per line from standard input, answers with one JSON line each:
  {"do": "load", "config": {...}, "weights": path, "parameters": [{"name", "shape", "offset"}], "batch": {...}, "threads": n}
  {"do": "losses"}               -> {"losses": [...]}             -log p of every target
  {"do": "gradients"}            -> {"norms": {name: norm}, "loss": sum}
  {"do": "train", "steps": n}    -> {"wall": [...], "processor": [...]}  seconds per step
"""

import json
import sys
import time

import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM


class Peer:
    def load(self, request):
        torch.set_num_threads(request["threads"])
        qwen = request["config"]["model_type"] == "qwen2"
        config = (Qwen2Config if qwen else LlamaConfig)(**{**request["config"], "attn_implementation": "sdpa"})
        self.model = (Qwen2ForCausalLM if qwen else LlamaForCausalLM)(config).float().train()
        flat = torch.frombuffer(bytearray(open(request["weights"], "rb").read()), dtype=torch.float32)
        state = {}
        for parameter in request["parameters"]:
            size = 1
            for dimension in parameter["shape"]:
                size *= dimension
            state[parameter["name"]] = flat[parameter["offset"] : parameter["offset"] + size].reshape(parameter["shape"])
        missing, unexpected = self.model.load_state_dict(state, strict=False)
        assert not unexpected and set(missing) <= {"lm_head.weight"}, (missing, unexpected)
        batch = request["batch"]
        shape = (batch["rows"], batch["columns"])
        self.tokens = torch.tensor(batch["tokens"]).reshape(shape)
        self.positions = torch.tensor(batch["positions"]).reshape(shape)
        self.rows = torch.tensor(batch["lossRows"])
        self.targets = torch.tensor(batch["targets"])
        # Attention is left to the fast causal kernel unless the batch holds trees.
        ends = torch.tensor(batch["ends"]).reshape(shape)
        column = torch.arange(shape[1])
        visible = (column[None, None, :] <= column[None, :, None]) & (column[None, :, None] < ends[:, None, :])
        causal = (column[None, :] <= column[:, None]).expand_as(visible)
        self.mask = None if torch.equal(visible, causal) else visible[:, None]
        decayed = [p for p in self.model.parameters() if p.dim() > 1]
        plain = [p for p in self.model.parameters() if p.dim() <= 1]
        groups = [{"params": decayed, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=1e-4, betas=(0.9, 0.98), fused=True)
        return {"torch": torch.__version__, "transformers": transformers.__version__}

    def forward(self):
        hidden = self.model.model(
            input_ids=self.tokens, position_ids=self.positions, attention_mask=self.mask, use_cache=False
        ).last_hidden_state
        # As in the graph under test, only rows with a target pass through the head.
        logits = self.model.lm_head(hidden.reshape(-1, hidden.shape[-1])[self.rows])
        return torch.nn.functional.cross_entropy(logits, self.targets, reduction="none")

    def losses(self, _request):
        with torch.no_grad():
            return {"losses": self.forward().tolist()}

    def gradients(self, _request):
        self.optimiser.zero_grad()
        loss = self.forward().sum()
        loss.backward()
        return {"loss": loss.item(), "norms": {name: p.grad.norm().item() for name, p in self.model.named_parameters()}}

    def train(self, request):
        wall, processor = [], []
        for _ in range(request["steps"]):
            start, used = time.perf_counter(), time.process_time()
            self.optimiser.zero_grad()
            self.forward().mean().backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimiser.step()
            wall.append(time.perf_counter() - start)
            processor.append(time.process_time() - used)
        return {"wall": wall, "processor": processor}


peer = Peer()
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(getattr(peer, request["do"])(request)), flush=True)
