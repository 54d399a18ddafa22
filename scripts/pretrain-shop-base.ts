// Makes the shop's base student that comes with Leap: strolls without a wish, questions about what pages show, an exam in a shop it has never seen.
// Usage: npm run pretrain-shop-base [-- <folder>]
import { parseArgs } from 'node:util'
import { pretrainShopBase, shopBase } from '../src/experiments/base/shop/shop-base.ts'
import { sitShopExam } from '../src/experiments/base/shop/shop-exam.ts'
import { openStrollShop } from '../src/experiments/base/shop/shop-stroll.ts'
import { createLocalModel } from '../src/models/local/local-model.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const folder = positionals[0] ?? 'weights/shop-base'
const controller = new AbortController()
process.once('SIGINT', () => controller.abort(new Error('interrupted')))

const examShop = openStrollShop(77, 600)
const started = performance.now()
let tokens = 0

await pretrainShopBase({
  ...shopBase,
  folder,
  saveEvery: 200,
  signal: controller.signal,
  onStep({ step, loss, tokens: slots }) {
    tokens += slots
    if (step % 50 > 0) return
    const rate = Math.round(tokens / ((performance.now() - started) / 1000))
    console.log(
      `${step}/${shopBase.steps} updates, loss ${loss.toFixed(3)}, ${(tokens / 1e6).toFixed(1)} M tokens, ${rate} a second`,
    )
  },
  async onSave(saved, step) {
    const model = await createLocalModel({ checkpoint: saved })
    const result = await sitShopExam(model, examShop, { perKind: 60, seed: 5 })
    await model.close?.()
    const marks = Object.entries(result).map(([kind, { right, asked }]) => `${kind} ${right}/${asked}`)
    console.log(`exam after ${step} updates: ${marks.join(', ')}`)
  },
})
