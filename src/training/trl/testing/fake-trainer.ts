// Stands for Python in tests: `fake-trainer.ts -m leap_trl.sft job.json` answers with recorded lines and leaves an adapter, as the real script does.
// FAKE_TRAINER chooses how it goes: `hang` after the first update, `memory`, `nan`, `crash`, `killed`, `nothing` left behind.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeSmallAdapter } from './small-adapter.ts'

const script = process.argv.find((part) => part.startsWith('leap_trl.'))
const path = process.argv.at(-1)!
const job = JSON.parse(readFileSync(path, 'utf8'))
const how = process.env.FAKE_TRAINER ?? ''
const say = (event: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(event)}\n`)
const fail = (code: string, message: string, advice: string) => {
  say({ event: 'error', code, message, advice })
  process.exit(1)
}

if (script !== `leap_trl.${job.rule}`) fail('TRL_FAILED', `script ${script} for rule ${job.rule}`, '')
process.stderr.write('some library talks\n')
say({ event: 'loading', versions: { torch: '2', trl: '1' }, device: 'none', processes: 1, precision: 'fp32' })
const rows = readFileSync(job.rows.train, 'utf8').trim().split('\n').length
const sample = { prompt_end: '', trained: '' }
say({ event: 'rows', rows, dropped: 0, tokens: 10 * rows, trained_tokens: 4 * rows, longest: 12, sample })
const steps = job.updates ?? Math.max(1, Math.round((job.epochs * rows) / (job.rows_per_device * job.accumulation)))
const state = join(job.checkpoints, 'fake-step')
let step = existsSync(state) ? Number(readFileSync(state, 'utf8')) : 0
if (step > 0) say({ event: 'resumed', step, steps })
process.on('SIGTERM', () => {
  say({ event: 'stopped', step })
  process.exit(3)
})
while (step < steps) {
  step++
  const loss = 3 - (2 * step) / steps
  const rewards = job.rule === 'sft' ? {} : { 'rewards/accuracies': step / steps, 'rewards/margins': 0.5 }
  const metrics = { grad_norm: 1, ...rewards }
  say({ event: 'step', step, steps, loss, learning_rate: 0.001, tokens: 10 * step, tokens_per_second: 100, metrics })
  mkdirSync(job.checkpoints, { recursive: true })
  writeFileSync(state, String(step))
  if (step === Math.min(2, steps)) {
    if (how === 'hang') {
      setInterval(() => {}, 1000)
      await new Promise(() => {})
    }
    if (how === 'memory') fail('TRL_OUT_OF_MEMORY', 'CUDA out of memory', 'To need less memory: less.')
    if (how === 'crash') throw new Error('the library broke')
    if (how === 'killed') process.kill(process.pid, 'SIGKILL')
  }
}
if (how !== 'nothing') writeSmallAdapter(job.output, { job, rows: readFileSync(job.rows.train, 'utf8') })
const final = {
  tokens: 10 * steps,
  trained_tokens: 4 * steps,
  final_loss: 1,
  held_out_loss: job.rows.held_out ? 1.5 : null,
}
say({ event: 'done', steps, ...final, metrics: job.rule === 'sft' ? {} : { 'rewards/accuracies': 1 }, seconds: 1 })
