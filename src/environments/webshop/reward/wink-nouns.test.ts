import { expect, it } from 'vitest'
import { winkNouns } from './wink-nouns.ts'

it('takes the nouns and names that the tagger finds, in lower case, repeats kept', async () => {
  const nouns = await winkNouns()
  const title = 'Acme Desk Lamp with a Brass Lamp Shade'
  expect(nouns(title)).toEqual(['acme', 'desk', 'lamp', 'brass', 'lamp', 'shade'])
  expect(nouns(title)).toBe(nouns(title))
  expect(nouns('quickly and softly')).toEqual([])
  expect(nouns('')).toEqual([])
})

it('says how to install what is missing', async () => {
  const missing = async (name: string) => {
    throw new Error(`Cannot find package '${name}'`)
  }
  await expect(winkNouns(missing)).rejects.toMatchObject({
    code: 'TAGGER_MISSING',
    remedy: expect.stringContaining('npm install'),
  })
})
