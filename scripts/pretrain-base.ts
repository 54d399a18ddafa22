// Makes the base student that comes with Leap: walks without a task, questions about them, an exam in rooms it has never seen.
// Usage: npm run pretrain-base [-- <folder>]   (about 20 minutes on two idle cores)
import { parseArgs } from 'node:util'
import { sitExam } from '../src/experiments/base/exam.ts'
import { householdBase } from '../src/experiments/base/household-base.ts'
import { pretrainBase } from '../src/experiments/base/pretrain.ts'
import { openRooms } from '../src/experiments/base/rooms.ts'
import { createLocalModel } from '../src/models/local/local-model.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const folder = positionals[0] ?? 'weights/household-base'
const controller = new AbortController()
process.once('SIGINT', () => controller.abort(new Error('interrupted')))

const examRooms = openRooms({ seed: 77, trainRooms: 60, counted: 2000 })
const started = performance.now()
let tokens = 0

await pretrainBase({
  ...householdBase,
  folder,
  saveEvery: 500,
  signal: controller.signal,
  onStep({ step, loss, tokens: slots }) {
    tokens += slots
    if (step % 50 > 0) return
    const rate = Math.round(tokens / ((performance.now() - started) / 1000))
    console.log(
      `${step}/${householdBase.steps} updates, loss ${loss.toFixed(3)}, ${(tokens / 1e6).toFixed(1)} M tokens, ${rate} a second`,
    )
  },
  async onSave(saved, step) {
    const model = await createLocalModel({ checkpoint: saved })
    const result = await sitExam(model, examRooms, { perKind: 100, seed: 5 })
    await model.close?.()
    const marks = Object.entries(result).map(([kind, { right, asked }]) => `${kind} ${right}/${asked}`)
    console.log(`exam after ${step} updates: ${marks.join(', ')}`)
  },
})
