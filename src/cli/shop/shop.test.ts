import { expect, it } from 'vitest'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'
import { whileServing } from '../testing/while-serving.ts'

it('serves a shop until Ctrl-C, one request alone if asked', async () => {
  let url = ''
  const { code, stdout } = await whileServing(
    ['shop', '--port', '0', '--products', '60', '--goal', '5'],
    {},
    async (served) => {
      url = served
      expect(await (await fetch(url)).text()).toContain('Number of the request, 5 to 5')
    },
  )
  expect(code).toBe(130)
  expect(stdout).toMatch(/^a generated shop of 60 products, seed 1 \(180 requests\) at http:\/\/127\.0\.0\.1:\d+\n$/)
  await expect(fetch(url)).rejects.toThrow()
})

it.each([
  [['--goal', '999', '--products', '60'], 1, 'GOAL_UNKNOWN'],
  [['--port', '99999'], 2, 'at most 65535'],
  [['--products', '3'], 2, 'at least 10'],
  [['--data', 'nothing-here'], 1, 'DATA_MISSING'],
])('refuses %j', async (argv, expected, message) => {
  const { context, stderr } = testContext({})
  expect(await runCli(['shop', ...argv], context)).toBe(expected)
  expect(stderr()).toContain(message)
})
