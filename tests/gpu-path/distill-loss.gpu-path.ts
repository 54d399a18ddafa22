import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { python } from './support.ts'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/** Loss and gradient of each recorded case, which TRL's own GKD trainer has computed, by our script. */
const script = `
import json, sys, torch
from leap_trl.distill import divergences
recorded = json.load(open(sys.argv[1]))["distill"]
furthest = []
for case in recorded["cases"]:
    logits = torch.tensor(recorded["logits"], requires_grad=True)
    loss = divergences(logits, torch.tensor(recorded["teacher"]), case).sum() / len(logits)
    loss.backward()
    furthest.append([abs(loss.item() - case["loss"]), (logits.grad - torch.tensor(case["gradient"])).abs().max().item()])
json.dump(furthest, sys.stdout)
`

it('the divergences of our script for distill are those of TRL’s GKD, and so are their gradients', () => {
  const fixture = path('src/transformer/objectives/fixtures/trl.json')
  const env = { ...process.env, PYTHONPATH: path('python') }
  const found = JSON.parse(execFileSync(python(), ['-c', script, fixture], { encoding: 'utf8', env })) as number[][]
  expect(found).toHaveLength(4)
  for (const [loss, gradient] of found) {
    expect(loss).toBeLessThan(1e-5)
    expect(gradient).toBeLessThan(1e-5)
  }
  console.log(
    `distill: furthest loss and gradient from TRL's: ${found.map((one) => one.map((n) => n.toExponential(1)).join('/')).join(', ')}`,
  )
})
