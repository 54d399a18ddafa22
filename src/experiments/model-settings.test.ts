import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openModel } from '../models/open-model.ts'
import { type ConfigInput, configSchema } from './config.ts'
import { describeConfigIssues } from './describe-config-issues.ts'
import { describePlan } from './describe-plan.ts'
import { loadConfig } from './load-config.ts'
import { modelsOf } from './preflight.ts'
import { toySplits } from './testing/toy-splits.ts'

const base: ConfigInput = {
  name: 'toy',
  demonstrations: { games: 10 },
  iterations: 2,
  rollouts: { games: 50 },
  training: { cloning: { updates: 1, learningRate: 1 }, iteration: { updates: 1, learningRate: 1 } },
}
const issues = (more: object) => {
  const value = { ...base, ...more }
  const parsed = configSchema.safeParse(value)
  return parsed.success ? [] : describeConfigIssues(parsed.error, value, () => '')
}

describe('the fields about models', () => {
  it('are complete by default, and ask nobody', () => {
    expect(configSchema.parse(base)).toMatchObject({
      teacher: { name: 'planner', privilege: 'own' },
      corrections: { checks: { leak: 'drop', judge: 'off' } },
      baselines: [],
      models: { concurrency: 32, prices: {} },
    })
  })

  it.each<[object, string]>([
    [{ teacher: { name: 'llm' } }, 'teacher.model: provider:model or student, as teacher.name is llm, found nothing'],
    [{ teacher: { model: 'openai:gpt-4o' } }, 'teacher.model: nothing, as teacher.name is planner'],
    [
      { teacher: { name: 'llm', model: 'gpt-4o' } },
      'teacher.model: expected a model\'s name as provider:model, or student, found "gpt-4o"',
    ],
    [{ teacher: { name: 'llm', model: 'nobody:x' } }, 'teacher.model: unknown provider "nobody"'],
    [{ teacher: { state: 'log' } }, 'teacher.state: simulator, as teacher.name is planner'],
    [{ teacher: { privilege: 'some' } }, 'teacher.privilege: expected one of "own"|"none"|"other-task", found "some"'],
    [
      { corrections: { checks: { leak: 'ignore' } } },
      'corrections.checks.leak: expected one of "drop"|"rewrite"|"keep"|"off", found "ignore"',
    ],
    [
      { corrections: { checks: { judge: 'drop' } } },
      'corrections.checks.judgeModel: provider:model, as corrections.checks.judge is on',
    ],
    [{ baselines: [{ react: 'openai' }] }, "baselines.0.react: expected a model's name as provider:model"],
    [{ models: { budget: -1 } }, 'models.budget: expected number to be >=0, found -1'],
    [{ models: { baseUrl: 'localhost:8000' } }, 'models.baseUrl: '],
    [{ models: { prices: { gpt: { prompt: 1, completion: 1 } } } }, 'models.prices.gpt: '],
    [{ models: { bugdet: 1 } }, 'models.bugdet: unknown field (known: baseUrl, requestsPerMinute,'],
  ])('%j is told what is wrong with it', (more, message) => {
    expect(issues(more).join('\n')).toContain(message)
  })
})

describe('the example with a model as teacher', () => {
  it('is a whole configuration', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const config = await loadConfig('examples/llm-teacher.yaml', { cwd: root })
    expect(config.teacher).toMatchObject({ name: 'llm', model: 'openai:gpt-4o', privilege: 'own' })
    expect([...modelsOf(config).keys()]).toEqual(['openai:gpt-4o'])
  })
})

describe('the estimate of a dry run', () => {
  const domain = {
    environment: { ...toySplits({ train: 200, valid_seen: 20, valid_unseen: 20 }), name: 'alfworld' },
    explain: () => [],
    teacher: () => ({ name: 'toy', correct: async () => [] }),
  }
  const plan = (more: object) =>
    describePlan({ config: configSchema.parse({ ...base, ...more }), domain, games: 'g', directory: 'd' })

  it('costs nothing where everything runs here', async () => {
    expect(await plan({})).toMatch(/^cost +nothing: student and teacher run on this machine$/m)
    const own = await plan({ teacher: { name: 'llm', model: 'student' } })
    expect(own).toMatch(/^teacher +the student itself, privilege level 3; corrects failed trajectories$/m)
    expect(own).toMatch(/^cost +nothing: student and itself as teacher run on this machine$/m)
  })

  it('counts calls, tokens and dollars by purpose, and names what has no price', async () => {
    const text = await plan({
      maxSteps: 12,
      teacher: { name: 'llm', model: 'openai:gpt-4o', privilege: 'other-task' },
      baselines: [{ react: 'openai-compatible:mine@http://localhost:1/v1' }],
      models: { budget: 5 },
    })
    expect(text).toMatch(/^teacher +openai:gpt-4o, privilege level 3 with another task's hidden state;/m)
    // 2 iterations of 50 games, one call each; 40 games of 12 calls each.
    expect(text).toMatch(/^calls, teacher +openai:gpt-4o: at most about 100, 0\.\d M \+ 0\.1 M tokens, \$1\.\d\d$/m)
    expect(text).toMatch(/^calls, react +openai-compatible:mine: at most about 480, .* price unknown$/m)
    expect(text).toMatch(
      /^cost +\$1\.\d\d and more: the price of openai-compatible:mine is not known \(set models\.prices\); it stops before it spends more than \$5\.00$/m,
    )
  })

  it('says what models still lack, and asks none', async () => {
    const config = configSchema.parse({
      ...base,
      teacher: { name: 'llm', model: 'openai:gpt-4o' },
      baselines: [
        { react: 'local:nothing-here' },
        { react: 'openai-compatible:x' },
        { react: 'google:gemini-2.5-flash' },
      ],
      providerOptions: { 'google:*': { thinkingConfg: {} } },
    })
    const openNamedModel = (spec: string, providerOptions?: Readonly<Record<string, unknown>>) =>
      openModel(spec, {
        env: { GEMINI_API_KEY: 'AIzaSyD-1234567890' },
        cwd: '.',
        ...(providerOptions ? { providerOptions } : {}),
      })
    const text = await describePlan({ config, domain, games: 'g', directory: 'd', openNamedModel })
    expect(text.split('\n').filter((line) => line.startsWith('still missing'))).toEqual([
      expect.stringContaining('OPENAI_API_KEY'),
      expect.stringContaining('openai-compatible: expected the address of a server'),
      expect.stringContaining('"thinkingConfg"'),
    ])
  })

  it('misses a prompt before anything is done', async () => {
    const strange = { ...domain, environment: { ...domain.environment, name: 'strange' } }
    const config = configSchema.parse({ ...base, teacher: { name: 'llm', model: 'openai:gpt-4o' } })
    const planned = describePlan({ config, domain: strange, games: 'g', directory: 'd' })
    await expect(planned).rejects.toMatchObject({ code: 'PROMPT_MISSING' })
  })
})
