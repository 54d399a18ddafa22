import { expect, it } from 'vitest'
import { type DifferenceFacts, explainDifference } from './bash-cause.ts'
import { isOfOtherImage } from './other-image.ts'

const facts = { action: 'grep x /testbed/a', gold: 'grep x /testbed/a', recorded: 'a', found: 'b' }

it.each<[string, Partial<DifferenceFacts>, string]>([
  ['a program that is missing here', { found: 'bash: tree: command not found' }, 'a program is not installed here'],
  [
    'a program that was missing',
    { recorded: 'bash: cal: command not found' },
    'a program is installed here and was not there',
  ],
  ['order', { recorded: 'a\nb\n', found: 'b\na\n' }, 'order of files in a folder'],
  ['dates', { recorded: 'May 26 10:13 f', found: 'Nov 20 12:47 f' }, 'numbers, dates or sizes'],
  ['the network', { action: 'curl http://example.com' }, 'network'],
  ['a search by time', { action: 'find /testbed -mtime +7' }, 'dates and times'],
  ['sizes', { action: 'du -a /testbed' }, 'sizes on disk'],
  ['the machine', { action: 'uname -a' }, 'machine, processes and environment'],
  ['a search of everything', { action: 'find / -name x' }, 'files of the system'],
  ['an error', { recorded: 'grep: x', found: 'grep: y' }, 'wording of an error'],
  ['nothing that is known', {}, 'other'],
  [
    'files, where both outputs were the same',
    { found: 'a', goldOutputs: { recorded: 'g', found: 'g' } },
    'same outputs, other files (state left by earlier tasks)',
  ],
  [
    'another gold output',
    { found: 'a', goldOutputs: { recorded: 'g', found: 'h' } },
    'the gold command printed something else then (edited after the run, or state left by earlier tasks)',
  ],
  ['a gold command by time', { found: 'a', gold: 'find / -mmin +5' }, 'the gold command depends on dates and times'],
  [
    'the unknown, where only the reward differs',
    { found: 'a' },
    'same output, another reward (gold edited after the run, or state left by earlier tasks)',
  ],
])('puts a difference down to %s', (_, change, cause) => expect(explainDifference({ ...facts, ...change })).toBe(cause))

it('recognises a log of another image by what an agent saw that had done nothing yet', () => {
  const log = (...observations: string[]) => ({
    dataset: 'nl2bash_fs_2.json',
    episodes: [
      {
        row: 0,
        query: 'q',
        turns: observations.map((observation) => ({
          ...{ action: 'ls', observation, reward: 0 },
          isPlayed: true,
          isScored: true,
          isCut: false,
        })),
      },
    ],
  })
  const missing = "ls: cannot access '/system': No such file or directory\n"
  expect(isOfOtherImage(log(missing))).toBe(true)
  expect(isOfOtherImage(log('a\n', missing))).toBe(false)
  expect(isOfOtherImage({ ...log(missing), dataset: 'nl2bash_fs_1.json' })).toBe(false)
})
