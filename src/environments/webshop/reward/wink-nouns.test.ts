import { expect, it } from 'vitest'
import { winkNouns } from './wink-nouns.ts'

it('takes the nouns and names that the tagger finds, in lower case', async () => {
  // Stands for the packages, which are not installed here: three words with their tags.
  const its = { pos: 'pos' }
  const tokens = { out: (what?: unknown) => (what === its.pos ? ['PROPN', 'ADJ', 'NOUN'] : ['Acme', 'Red', 'Lamp']) }
  const modules: Record<string, unknown> = {
    'wink-nlp': {
      default: (model: unknown) => ({
        its,
        readDoc: () => ({ tokens: () => (model === 'model' ? tokens : undefined) }),
      }),
    },
    'wink-eng-lite-web-model': { default: 'model' },
  }
  const nouns = await winkNouns(async (name) => modules[name])
  expect(nouns('Acme Red Lamp')).toEqual(['acme', 'lamp'])
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
