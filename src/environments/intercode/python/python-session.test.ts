import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import { openSandbox } from '../sandbox/open-sandbox.ts'
import type { PythonTask } from '../tasks/python-tasks.ts'
import { verifyPython } from '../verify/verify-python.ts'
import { PythonSession, referenceName } from './python-session.ts'

const cacheDirectory = await mkdtemp(join(tmpdir(), 'leap-python-'))
const provider = await openSandbox({ cacheDirectory, kind: 'host-usr', seed: 1 }).catch((error: unknown) => {
  if (!LeapError.is(error)) throw error
  console.warn(`InterCode Python is not tested in a sandbox: ${error.message}`)
})
const hasPython = (await provider?.available(['python3']))?.length === 1
afterAll(async () => {
  await provider?.close()
  await rm(cacheDirectory, { recursive: true, force: true })
})

const doubling: PythonTask = {
  ...{ id: 'own/0000', row: 0, query: 'Double a number.', setup: '' },
  gold: 'def twice(x):\n    return 2 * x',
  tests: ['assert twice(2) == 4', 'assert twice(-1) == -2', 'assert twice(0) == 0'],
}

describe('referenceName', () => {
  it.each([
    ['def one(x):\n  pass\ndef two(x):\n  pass', 'one'],
    ['class Node:\n  def __init__(self):\n    pass\ndef height(n):\n  pass', '__init__'],
    ['import math\ndef spaced (n):\n  pass', 'spaced'],
    ['x = 1', 'undefined_function'],
  ])('is the first function that a solution defines: %j', (gold, name) => {
    expect(referenceName({ gold })).toBe(name)
  })
})

describe.skipIf(!hasPython)('InterCode Python in a sandbox', () => {
  const sandbox = provider as SandboxProvider
  const play = async (task: PythonTask, ...actions: string[]) => {
    const session = new PythonSession(sandbox, task)
    try {
      expect(await session.reset()).toBe(task.query)
      const turns = []
      for (const action of actions) turns.push(await session.step(action))
      return turns
    } finally {
      await session.close()
    }
  }

  it('answers as the original’s server does', async () => {
    const turns = await play(
      doubling,
      'x = 3',
      'x + 1',
      'print(x)',
      'from math import pi',
      'import math',
      'math.pi > 3',
      'assert x == 4',
      'def f(',
      'if x: pass',
      ' f(',
      'sys.version_info[0]',
      'skip',
    )
    const shown = (output: string) => `{'output': '${output}', 'error': ''}`
    expect(turns.map(({ text }) => text)).toEqual([
      shown(''),
      shown('4'),
      shown('3'),
      // Only `import x` is taken for a statement; this becomes print(from ...), which is none.
      expect.stringMatching(/^\{'error': 'Error: .*line 1\)'\}$/),
      shown(''),
      shown('True'),
      "{'error': 'Error: '}",
      expect.stringMatching(/^\{'error': ["']Error: .*line 1\)["']\}$/),
      expect.stringMatching(/^\{'error': 'Error: /),
      expect.stringMatching(/^Error executing action: /),
      shown('3'),
      'skipped',
    ])
    expect(turns.map(({ executed }) => executed).filter(Boolean)).toHaveLength(6)
  })

  it('gives the share of tests that come out as with the reference solution', async () => {
    const reward = async (...actions: string[]) => (await play(doubling, ...actions)).at(-1)!
    expect(await reward('def mine(y):\n    return y + y', 'submit mine')).toMatchObject({ reward: 1, done: true })
    expect(await reward('def mine(y):\n    return abs(2 * y)', 'submit mine')).toMatchObject({ reward: 2 / 3 })
    expect(await reward('submit nothing')).toMatchObject({ reward: 0 })
    expect(await reward('submit')).toMatchObject({ reward: 0, done: true, flags: ['no-function'] })
  })

  it('ends what hangs, and keeps nothing of it', async () => {
    const session = new PythonSession(sandbox, doubling, 2000)
    await session.reset()
    expect(await session.step('while True: x = 1')).toMatchObject({ text: 'Command timed out', flags: ['time'] })
    expect((await session.step('2 + 2')).text).toBe("{'output': '4', 'error': ''}")
    await session.close()
  })

  it('plays a log in the interpreter that the original left after each submit: with the solution in it', async () => {
    const broken = 'def mine(y):\n    return (2 * y'
    const turn = (action: string, reward: number, observation = 'Test case did not pass. Please try again.') => ({
      ...{ action, observation, reward, isPlayed: true, isScored: true, isCut: false },
    })
    const log = {
      ...{ path: 'log', kind: 'python' as const, dataset: 'ic_mbpp.json', unreadable: [], isReact: false },
      episodes: [
        {
          ...{ row: 0, query: doubling.query },
          turns: [
            turn('def mine(y):\n    return 0', 1 / 3),
            turn('import math', 0, "{'output': '', 'error': ''}"),
            // It defines nothing, so that the solution, which is there already, is what is tested.
            turn(broken, 1, "{'error': 'Error: some other wording (<string>, line 2)'}"),
          ],
        },
      ],
    }
    const tally = await verifyPython({ log, tasks: [doubling], provider: sandbox })
    expect(tally.differences).toEqual([])
    expect(tally).toMatchObject({ turns: 3, scored: 2, rewardsEqual: 2, successesEqual: 2, observed: 2 })
  })
})
