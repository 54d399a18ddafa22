import { describe, expect, it } from 'vitest'
import { smallShop } from '../../environments/webshop/testing/small-shop.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import { openWebshopDomain } from '../../experiments/domains/webshop.ts'
import { renderHtml } from './render-html.ts'

const domain = openWebshopDomain(smallShop())

describe('a trajectory of the shop as a page', () => {
  it('shows the pages that the student saw, what it clicked marked, beside its reasons', async () => {
    const tasks = (await domain.environment.tasks('test')).slice(0, 1)
    const policy = domain.teacherPolicy!({ level: 3, lambda: 1 })
    const [played] = await rolloutAll({
      environment: domain.environment,
      tasks,
      policy,
      maxSteps: 15,
      seed: 1,
      phase: 'p',
    })
    const page = renderHtml(played!, [])
    // One picture a step, and the last page.
    expect(page.match(/<div class="page">/g)).toHaveLength(played!.steps.length + 1)
    expect(page.match(/ taken"/g)).toHaveLength(played!.steps.length)
    expect(page).toContain('type="search"')
    expect(page).toContain('<fieldset>')
    expect(page).toContain('Thank you for shopping with us!')
    expect(page).not.toContain('[button]')
    expect(page).not.toContain('<form')
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('escapes titles, and shows what is no page of the shop as it stands', async () => {
    const step = {
      observation:
        'Instruction:\nx\n[button] Back to Search [button_]\nPage 1 (Total results: 1)\n[button] Next > [button_]\n\n[button] B01 [button_]\n<img src=x>\n$1.0\n',
      reason: '<b>',
      action: 'click[item - <img src=x>]',
      score: 0,
      admissible: true,
    }
    const page = renderHtml(
      {
        ...{
          id: 'p/test/0#0',
          policy: 'p',
          instruction: 'x',
          finalObservation: '<i>odd</i>',
          score: 0,
          outcome: 'failure',
        },
        task: { id: 'test/0', environment: 'webshop', split: 'test', category: 'beauty' },
        steps: [step],
      },
      [],
    )
    expect(page).toContain('&lt;img src=x&gt;')
    expect(page).not.toMatch(/<img|<i>|<b>/)
    expect(page).toContain('<pre>&lt;i&gt;odd&lt;/i&gt;</pre>')
  })
})
