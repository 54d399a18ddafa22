"""llama.cpp's own server, from the PyPI package xllamacpp, under the parameters of `llama-server` that Leap starts it with."""

import argparse
import threading

import xllamacpp

parser = argparse.ArgumentParser()
parser.add_argument("-m", dest="model", required=True)
parser.add_argument("--host", required=True)
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--lora")
parser.add_argument("--lora-init-without-apply", action="store_true")
given = parser.parse_args()

parameters = xllamacpp.CommonParams()
parameters.model.path = given.model
parameters.hostnames = [given.host]
parameters.port = given.port
parameters.n_ctx = 1024
parameters.n_parallel = 1
parameters.warmup = False
# Its threads wait for each other without sleeping, which on a machine that does much else takes for ever.
parameters.cpuparams.n_threads = 1
parameters.cpuparams_batch.n_threads = 1
parameters.lora_init_without_apply = given.lora_init_without_apply
if given.lora:
    parameters.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(given.lora, 1.0)]
server = xllamacpp.Server(parameters)
threading.Event().wait()
