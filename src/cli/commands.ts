import type { CliCommand, CliCommandGroup } from './command.ts'

export interface CommandEntry {
  summary: string
  // Options differ from command to command; only the command itself knows their type.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  load(): Promise<CliCommand<any> | CliCommandGroup>
}

/** All commands in the order of the help text. A new command is one file and one entry here. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  run: {
    summary: 'run LEAP: clone, roll out, correct, train, repeat, and judge against controls',
    load: async () => (await import('./run/run.ts')).runCommand,
  },
  play: {
    summary: 'play a task in the terminal (household, shop, shell), or watch a policy play it',
    load: async () => (await import('./play/play.ts')).playCommand,
  },
  shop: {
    summary: 'shop in a browser as the students do, with the same engine behind the pages',
    load: async () => (await import('./shop/shop.ts')).shopCommand,
  },
  show: {
    summary: "read a run's trajectories with the teacher's corrections beside them",
    load: async () => (await import('./show/show.ts')).showCommand,
  },
  runs: {
    summary: 'list runs: state, phases done, best policy and its score',
    load: async () => (await import('./runs/runs.ts')).runsCommand,
  },
  eval: {
    summary: 'judge checkpoints or scripted agents on a frozen panel of tasks',
    load: async () => (await import('./eval/eval.ts')).evalCommand,
  },
  serve: {
    summary: 'serve a checkpoint behind an OpenAI-compatible API',
    load: async () => (await import('./serve/serve.ts')).serveCommand,
  },
  export: {
    summary: "write a run's training rows in the format of another trainer",
    load: async () => (await import('./export/export.ts')).exportCommand,
  },
  import: {
    summary: 'make demonstrations of trajectories in the formats of others',
    load: async () => (await import('./import/import.ts')).importCommand,
  },
  generate: {
    summary: 'write generated household games into a folder',
    load: async () => (await import('./generate.ts')).generateCommand,
  },
  data: {
    summary: 'official data: count it, check its gold solutions, make a store of it',
    load: async () => (await import('./data/data.ts')).dataCommand,
  },
  verify: {
    summary: 'check the engines against recorded games and transcripts',
    load: async () => (await import('./verify/verify.ts')).verifyCommand,
  },
}
