import { join, resolve } from 'node:path'
import type { BuildState } from '../../environments/webshop/store/build-store.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { note, print } from '../context.ts'
import { wholeNumber } from '../options/number-option.ts'
import { createProgress, type ProgressPhase } from '../progress/progress.ts'
import { formatCount } from '../text/duration.ts'

interface DataOptions {
  out?: string
  products?: number
}

const megabyte = 1e6
const phaseNames: Record<BuildState['phase'], string> = {
  read: 'read products',
  merge: 'merge the index',
  finish: 'sort',
}

/** `leap data webshop`: makes a store of WebShop's files, which opens at once however many products there are. */
export const dataWebshopCommand: CliCommand<DataOptions> = {
  configure(command) {
    command
      .argument(
        '<folder>',
        "folder with WebShop's items_shuffle*.json and items_ins_v2*.json (also in folders inside it)",
      )
      .option('--out <folder>', 'where the store is made (default: leap-store in that folder)')
      .option('--products <number>', 'only the first products of the file', wholeNumber(1))
    addExamples(command, [
      ['leap data webshop webshop/data', 'the full catalogue: minutes of work, under 4 GB of memory'],
      ['leap data webshop webshop/data --products 100000 --out store-100k', 'a smaller store elsewhere'],
    ])
    command.addHelpText(
      'after',
      '\nStopped or killed, it goes on where it was when it is called again. Requests that people wrote (items_human_ins.json) are taken in if they are there.',
    )
  },
  async run(context, { out, products: limit }, named) {
    const { findDataFiles } = await import('../../environments/webshop/loading/find-data.ts')
    const { buildStore } = await import('../../environments/webshop/store/build-store.ts')
    const folder = resolve(context.cwd, named!)
    const files = await findDataFiles(folder)
    const store = out === undefined ? join(folder, 'leap-store') : resolve(context.cwd, out)
    const progress = createProgress(context.stderr, { clock: context.clock, style: context.errorStyle })
    let shown: { phase: BuildState['phase']; line: ProgressPhase } | undefined
    try {
      const manifest = await buildStore({
        ...files,
        folder: store,
        ...(limit === undefined ? {} : { limit }),
        signal: context.signal,
        onProgress: ({ phase, done, total, products }) => {
          if (shown?.phase !== phase) {
            shown?.line.done()
            const line = progress.phase(phaseNames[phase], {
              total: total / megabyte,
              unit: 'MB',
              count: done / megabyte,
            })
            shown = { phase, line }
          }
          shown.line.set({ count: done / megabyte, text: `${formatCount(products)} products` })
        },
      })
      shown?.line.done()
      progress.stop()
      print(
        context,
        `${formatCount(manifest.products)} products, ${formatCount(manifest.terms)} terms, ${formatCount(manifest.postings)} postings in ${store}`,
      )
      if (files.instructions === undefined)
        note(context, 'without items_human_ins.json: the store has no goals that people wrote, only synthetic ones')
    } catch (error) {
      if (context.signal.aborted) note(context, 'stopped; the same command goes on from here')
      throw error
    } finally {
      progress.stop()
    }
    return 0
  },
}
