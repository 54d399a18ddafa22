import { z } from 'zod'

const count = z.number().int().positive()

/** The server that students are served by after training, so that they are rolled out where they are fast. */
export const servingSchema = z.strictObject({
  server: z.enum(['vllm', 'sglang', 'llama.cpp']),
  /** Address of a server that runs already, up to and without its `/v1`. With `start`, the port that it is to listen on. */
  url: z
    .string()
    .regex(/^https?:\/\//, 'expected http://host:port')
    .default('http://127.0.0.1:8000'),
  /** Variable of the environment with the server's key, if it asks for one. */
  keyVariable: z.string().optional(),
  /** Name under which the server lists the base. Default: the first model it lists that is no adapter. */
  baseModel: z.string().optional(),
  /** Where the run's checkpoints lie on the server's machine, if that is another one: the first folder is replaced by the second. */
  folders: z.strictObject({ here: z.string(), there: z.string() }).optional(),
  /** Start the server as a child of the run instead of using one that runs. llama.cpp has to be started: its adapters are named at start. */
  start: z
    .strictObject({
      /** The program, with parameters that come first. Default: `vllm serve`, `python -m sglang.launch_server`, `llama-server`. */
      command: z.array(z.string()).min(1).optional(),
      /** Further parameters, for example ["--tensor-parallel-size", "2"]. */
      parameters: z.array(z.string()).default([]),
      /** Variables of the environment beside those that there are, for example { CUDA_VISIBLE_DEVICES: "1" }. */
      environment: z.record(z.string(), z.string()).default({}),
      /** Seconds that loading the model may take. */
      patience: count.default(900),
    })
    .optional(),
  /** Largest rank of an adapter that a started server takes. Default: that of training.lora. */
  maxRank: count.optional(),
  /** llama.cpp: the base as a GGUF file. */
  gguf: z.string().optional(),
  /**
   * llama.cpp: the program that turns a PEFT folder into a GGUF adapter, with parameters that come first; `--base`, `--outfile` and the folder follow. Absent: Leap does
   * it itself, for models of the Llama and Qwen2 architectures.
   */
  convert: z.array(z.string()).min(1).optional(),
  /** Seconds that one request may take. */
  timeout: count.default(300),
})

export type ServingSettings = z.output<typeof servingSchema>
export type ServingSettingsInput = z.input<typeof servingSchema>
