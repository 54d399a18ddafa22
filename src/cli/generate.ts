import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Option } from 'commander'
import { LeapError } from '../contracts/error.ts'
import { writeGames } from '../environments/alfworld/generator/generate-games.ts'
import { type GeneratedSplit, generatedSplits } from '../environments/alfworld/generator/generator.ts'
import { addExamples, type CliCommand } from './command.ts'
import { print } from './context.ts'
import { wholeNumber } from './options/number-option.ts'
import { createProgress } from './progress/progress.ts'
import { formatCount } from './text/duration.ts'

interface GenerateOptions {
  seed: number
  split?: GeneratedSplit[]
  count: number
  force?: boolean
}

/** `leap generate`: household games in ALFWorld's file format, from a seed. */
export const generateCommand: CliCommand<GenerateOptions> = {
  configure(command) {
    command
      .argument('<folder>', 'where to write; created if it does not exist')
      .option('--seed <number>', 'the same seed makes the same games', wholeNumber(0), 1)
      .addOption(new Option('--split <split...>', 'which splits to write (default: all)').choices([...generatedSplits]))
      .option('--count <number>', 'games per split', wholeNumber(1), 100)
      .option('--force', 'write into a folder that is not empty; games of the same name are replaced')
    addExamples(command, [
      ['leap generate games', '100 games of each split in ./games'],
      ['leap generate games --split train --count 5000 --seed 7', '5,000 training games'],
      ['leap play --games games', 'play one of them'],
    ])
  },
  async run(context, { seed, split, count, force }, named) {
    const folder = resolve(context.cwd, named!)
    if (!force) await refuseFilled(folder)
    const splits = split ?? generatedSplits
    const progress = createProgress(context.stderr, { clock: context.clock, style: context.errorStyle })
    const phase = progress.phase('generate', { total: splits.length * count, unit: 'games' })
    try {
      const written = await writeGames(folder, {
        seed,
        counts: Object.fromEntries(splits.map((name) => [name, count])),
        onProgress: (done) => {
          phase.set({ count: done })
          context.signal.throwIfAborted()
        },
      })
      phase.done()
      progress.stop()
      print(context, `${formatCount(written)} games (${splits.join(', ')}; seed ${seed}) in ${folder}`)
    } finally {
      progress.stop()
    }
    return 0
  },
}

/** Games of two seeds in one folder would look like one data set. */
async function refuseFilled(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (found.length === 0) return
  throw new LeapError({
    code: 'FOLDER_NOT_EMPTY',
    message: `Expected an empty or a new folder, found ${found.slice(0, 3).join(', ')}${found.length > 3 ? ', ...' : ''} in ${folder}.`,
    remedy: 'Choose another folder, or add --force to write among what is there.',
  })
}
