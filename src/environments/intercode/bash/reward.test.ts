import { describe, expect, it } from 'vitest'
import { hashCommand, outputScore, scoreBash } from './reward.ts'

const same = async (argv: readonly string[]) => ({ agent: argv.join(' '), gold: argv.join(' ') })
const evidence = { agentStatus: '', goldStatus: '', agentOutput: 'alpha beta', goldOutput: 'alpha beta', hash: same }

describe('scoreBash', () => {
  it('is exactly 1 where nothing differs', async () => {
    expect(await scoreBash(evidence)).toMatchObject({ reward: 1, flags: [] })
    const changed = ' M a.txt\n?? b.txt\n D c\n'
    expect((await scoreBash({ ...evidence, agentStatus: changed, goldStatus: changed })).reward).toBe(1)
  })

  it.each([
    ['one entry missing', '', '?? b.txt\n', 0.05, 0.33],
    ['one entry more', ' M a\n', '', 0.05, 0.33],
    ['another code', ' M a\n', ' D a\n', 0, 0.33],
    ['two entries', '', ' M a\n M b\n', 0, 0.33],
  ])('%s', async (_, agentStatus, goldStatus, fileDifference, fileChanges) => {
    expect(await scoreBash({ ...evidence, agentStatus, goldStatus })).toMatchObject({ fileDifference, fileChanges })
  })

  it('compares contents of new entries only, with a program that is missing for names without a point', async () => {
    const status = ' M m.txt\n?? a.txt\n?? b.txt\n?? folder/\n'
    const asked: string[] = []
    const score = await scoreBash({
      ...evidence,
      agentStatus: status,
      goldStatus: status,
      hash: async (argv) => {
        asked.push(argv.join(' '))
        return { agent: argv.includes('b.txt') ? 'x' : 'y', gold: 'y' }
      },
    })
    expect(asked).toEqual(['md5sum a.txt', 'md5sum b.txt', 'md5deep -r folder/'])
    expect(score.fileChanges).toBe(0.22)
    expect(score.reward).toBeCloseTo(0.89, 12)
  })

  it('scores and flags what crashes the original', async () => {
    const spaced = '?? "a b"\n'
    expect(await scoreBash({ ...evidence, agentStatus: spaced, goldStatus: spaced })).toMatchObject({
      fileDifference: 0,
      fileChanges: 0,
      flags: ['status-odd', 'hash-quoted'],
    })
    expect(hashCommand('"a')).toBeUndefined()
    const twoSpaces = '?? "a b c"\n'
    const even = await scoreBash({ ...evidence, agentStatus: twoSpaces, goldStatus: twoSpaces })
    expect(even.flags).toEqual(['hash-quoted'])
  })
})

describe('outputScore', () => {
  it.each([
    ['a b', 'a c', 0],
    ['2', '2', 0.33],
    ['2', '3', 0],
    ['2\n', '2', 0],
    ['12', '13', 0],
    ['files: 12!', '(12) FILES', 0.33],
    ['', '', 0.33],
    ['', 'word', 0],
    ['hello world', 'hello there', 0.11],
  ])('of %j for %j is %d', (agent, gold, score) => expect(outputScore(agent, gold)).toBe(score))

  it('is 0 where the gold command could not be run', () => expect(outputScore('', null)).toBe(0))
})
