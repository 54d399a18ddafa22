// Makes a base student that comes with Leap: texts that solve no task, questions about them, an exam in rooms, a shop or file systems that it has never seen.
// Usage: npm run pretrain-base -- household|shop|shell [folder]   (about 17, 6 and 6 minutes on two idle cores)
import { parseArgs } from 'node:util'
import type { ChatModel } from '../src/contracts/model.ts'
import { sitExam } from '../src/experiments/base/exam.ts'
import { householdBase } from '../src/experiments/base/household-base.ts'
import { pretrainBase } from '../src/experiments/base/pretrain.ts'
import { openRooms } from '../src/experiments/base/rooms.ts'
import { pretrainShellBase, shellBase } from '../src/experiments/base/shell/shell-base.ts'
import { sitShellExam } from '../src/experiments/base/shell/shell-exam.ts'
import { pretrainShopBase, shopBase } from '../src/experiments/base/shop/shop-base.ts'
import { sitShopExam } from '../src/experiments/base/shop/shop-exam.ts'
import { openStrollShop } from '../src/experiments/base/shop/shop-stroll.ts'
import type { Marks } from '../src/experiments/base/sit-papers.ts'
import type { BaseTraining } from '../src/experiments/base/train-base.ts'
import { createLocalModel } from '../src/models/local/local-model.ts'

type Watch = Pick<BaseTraining, 'folder' | 'saveEvery' | 'signal' | 'onStep' | 'onSave'>

interface Base {
  steps: number
  pretrain(watch: Watch): Promise<void>
  /** Opens the rooms, the shop or the file systems of the exam. */
  prepareExam(): (model: ChatModel) => Promise<Marks<string>>
}

const bases: Record<string, Base> = {
  household: {
    steps: householdBase.steps,
    pretrain: (watch) => pretrainBase({ ...householdBase, ...watch }),
    prepareExam() {
      const rooms = openRooms({ seed: 77, trainRooms: 60, counted: 2000 })
      return (model) => sitExam(model, rooms, { perKind: 100, seed: 5 })
    },
  },
  shop: {
    steps: shopBase.steps,
    pretrain: (watch) => pretrainShopBase({ ...shopBase, ...watch }),
    prepareExam() {
      const shop = openStrollShop(77, 600)
      return (model) => sitShopExam(model, shop, { perKind: 60, seed: 5 })
    },
  },
  shell: {
    steps: shellBase.steps,
    pretrain: (watch) => pretrainShellBase({ ...shellBase, ...watch }),
    prepareExam: () => (model) => sitShellExam(model, { perKind: 60, seed: 77 }),
  },
}

const { positionals } = parseArgs({ allowPositionals: true })
const [name = '', folder = `weights/${name}-base`] = positionals
const base = bases[name]
if (base === undefined) {
  console.error(`expected one of ${Object.keys(bases).join(', ')}, found ${name === '' ? 'nothing' : `"${name}"`}`)
  console.error('  npm run pretrain-base -- household|shop|shell [folder]')
  process.exit(2)
}
const controller = new AbortController()
process.once('SIGINT', () => controller.abort(new Error('interrupted')))

const { steps } = base
const sit = base.prepareExam()
const started = performance.now()
let tokens = 0

await base.pretrain({
  folder,
  saveEvery: Math.ceil(steps / 10),
  signal: controller.signal,
  onStep({ step, loss, tokens: slots }) {
    tokens += slots
    if (step % 50 > 0) return
    const rate = Math.round(tokens / ((performance.now() - started) / 1000))
    console.log(
      `${step}/${steps} updates, loss ${loss.toFixed(3)}, ${(tokens / 1e6).toFixed(1)} M tokens, ${rate} a second`,
    )
  },
  async onSave(saved, step) {
    const model = await createLocalModel({ checkpoint: saved })
    const marks = Object.entries(await sit(model)).map(([kind, { right, asked }]) => `${kind} ${right}/${asked}`)
    await model.close?.()
    console.log(`exam after ${step} updates: ${marks.join(', ')}`)
  },
})
