import { systemClock } from '../../support/clock.ts'
import { equipModel } from '../equip-model.ts'
import { openModel } from '../open-model.ts'
import { openCallJournal } from '../wrappers/call-journal.ts'
import { createLedger } from '../wrappers/ledger.ts'
import { ask } from './fake-model.ts'

// A process that asks a server ten questions, three at a time, and says on stdout which ones are answered. To be killed at any moment.

const [url, path] = process.argv.slice(2) as [string, string]
const journal = await openCallJournal(path)
const bare = await openModel(`openai-compatible:x@${url}/v1`, { env: {}, cwd: '.' })
const model = equipModel(bare, { phase: 'p', ledger: createLedger(), journal, clock: systemClock, seed: 1 })
const questions = Array.from({ length: 10 }, (_, index) => `question ${index}`)
const next = async (): Promise<void> => {
  const question = questions.shift()
  if (question === undefined) return
  const { text } = await model.generate(ask(question))
  process.stdout.write(`${question}: ${text}\n`)
  return next()
}
await Promise.all([next(), next(), next()])
await journal.close()
