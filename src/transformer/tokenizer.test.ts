import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTokenizer } from './tokenizer.ts'
import { splitSpans } from './tokenizer-spans.ts'
import { householdTexts } from './tokenizer-testing.ts'
import { trainTokenizer } from './tokenizer-training.ts'

const texts = householdTexts(120)
const file = trainTokenizer(texts, { size: 700, minimumCount: 5 })
const tokenizer = createTokenizer(file)
const first = file.pre_tokenizer!
const pattern = new RegExp(
  first.type === 'Sequence' && first.pretokenizers[0]!.type === 'Split' ? first.pretokenizers[0]!.pattern.Regex! : '',
  'gu',
)
const pieces = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...texts[0]!.split('\n')),
  fc.constantFrom(
    'cabinet 12',
    'cabinet',
    'cabinets',
    ' 3',
    '\n',
    'ACTION: ',
    'REASON:',
    '<|end|>',
    'mug 1',
    'mug 999',
    ', ',
    '12',
  ),
)
const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))

describe('the trained vocabulary', () => {
  it('makes an entity one token wherever it stands, and its noun another', () => {
    for (const text of ['cabinet 2', 'go to cabinet 2\n', 'On the cabinet 2, you see'])
      expect(tokenizer.encode(text)).toContain(tokenizer.encode('cabinet 2')[0])
    expect(tokenizer.encode('cabinet 2')).toHaveLength(1)
    expect(tokenizer.encode('cabinet')).toHaveLength(1)
    expect(tokenizer.encode('cabinet')).not.toEqual(tokenizer.encode('cabinet 2'))
  })

  it('spells an unseen number after the token of the noun', () => {
    const ids = tokenizer.encode('cabinet 977')
    expect(ids[0]).toBe(tokenizer.encode('cabinet')[0])
    expect(ids.length).toBeGreaterThan(1)
    expect(tokenizer.decode(ids)).toBe('cabinet 977')
  })

  it('makes frequent phrases with their spaces one token, so that a line is a few tokens', () => {
    expect(tokenizer.encode('You arrive at ')).toHaveLength(1)
    expect(
      tokenizer.encode('You arrive at cabinet 2. On the cabinet 2, you see a mug 1.\n').length,
    ).toBeLessThanOrEqual(8)
  })

  it('keeps to the size asked for and numbers tokens without gaps', () => {
    const ids = Object.values(file.model.vocab).sort((a, b) => a - b)
    expect(ids).toEqual(ids.map((_, i) => i))
    expect(ids.length).toBeLessThanOrEqual(700)
    expect(tokenizer.size).toBe(ids.length)
    expect(tokenizer.endToken).toBe(0)
  })

  it('does not depend on the order of the texts', () => {
    expect(trainTokenizer([...texts].reverse(), { size: 700, minimumCount: 5 })).toEqual(file)
  })
})

describe('encoding', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
      }),
      { numRuns: 300 },
    )
  })

  it('of a prefix that ends between spans is a prefix of the encoding of the whole', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, where) => {
        const spans = splitSpans(text, pattern)
        const prefix = spans.slice(0, where % (spans.length + 1)).join('')
        const ids = tokenizer.encode(prefix)
        expect(tokenizer.encode(text).slice(0, ids.length)).toEqual([...ids])
      }),
      { numRuns: 300 },
    )
  })

  it('of a completion is the same alone and behind the prompt that cues it', () => {
    const [prompt, completion] = ['[put a mug in drawer.]\nREASON:', ' I need to find a mug. ACTION: go to cabinet 2\n']
    expect(tokenizer.encode(prompt + completion)).toEqual([
      ...tokenizer.encode(prompt),
      ...tokenizer.encode(completion),
    ])
    expect(tokenizer.encode(completion).length).toBeLessThan(11)
  })

  it('is that of the Hugging Face library for the same file', () => {
    const library = new LibraryTokenizer(JSON.parse(JSON.stringify(file)), { clean_up_tokenization_spaces: false })
    const check = (text: string) => {
      if (text === '' || text.includes('<|end|>')) return
      expect(tokenizer.encode(text)).toEqual(library.encode(text).ids)
      expect(library.decode([...tokenizer.encode(text)])).toBe(text)
    }
    for (const text of texts.slice(0, 10)) check(text)
    fc.assert(fc.property(anyText, check), { numRuns: 200 })
  })

  it('reads the name of a special token as text unless asked otherwise', () => {
    const plain = tokenizer.encode('a<|end|>b')
    expect(plain).not.toContain(0)
    expect(tokenizer.decode(plain)).toBe('a<|end|>b')
    expect(tokenizer.encode('a<|end|>b', { special: true })).toContain(0)
    expect(tokenizer.decode([0, ...tokenizer.encode('x'), 0])).toBe('x')
  })
})

describe('createTokenizer', () => {
  it('refuses what is no tokenizer.json, saying so', () => {
    expect(() => createTokenizer({} as never)).toThrow(/tokenizer.json/)
  })

  it('refuses an end token that the vocabulary does not hold', () => {
    expect(() => createTokenizer(file, { eos_token: '<eos>' })).toThrow(/<eos>/)
  })

  it('encodes other kinds of files as the library does', () => {
    const words = ['<unk>', 'hello', 'world', '</s>']
    const other = {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [
        { id: 3, content: '</s>', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
      ],
      normalizer: { type: 'Lowercase' },
      pre_tokenizer: { type: 'WhitespaceSplit' },
      post_processor: null,
      decoder: null,
      model: {
        type: 'WordPiece',
        unk_token: '<unk>',
        continuing_subword_prefix: '##',
        vocab: Object.fromEntries(words.map((w, i) => [w, i])),
      },
    }
    const made = createTokenizer(other as never, { eos_token: '</s>' })
    expect(made.encode('Hello WORLD there')).toEqual([1, 2, 0])
    expect(made.decode([1, 2, 3])).toBe('hello world')
    expect(made.endToken).toBe(3)
  })
})

describe('a vocabulary of words', () => {
  const lines = [
    '[ a red wool coat under $40 ]',
    ' 3 red wool coat $39',
    "search women's wool coats",
    'REASON: I see it. ACTION: open 3',
  ]
  const words = createTokenizer(
    trainTokenizer(
      Array.from({ length: 20 }, () => lines.join('\n')),
      { size: 600, minimumCount: 2, spans: 'words' },
    ),
    {},
  )
  const pieces = (text: string) => words.encode(text).map((id) => words.decode([id]))

  it('has a token for each word with the space before it, the same wherever it stands', () => {
    expect(pieces('[ a red wool coat under $40 ]')).toEqual([
      '[',
      ' a',
      ' red',
      ' wool',
      ' coat',
      ' under',
      ' $',
      '40',
      ' ]',
    ])
    expect(pieces(' 3 red wool coat')).toEqual([' 3', ' red', ' wool', ' coat'])
    expect(pieces("search women's wool")).toEqual(['search', " women's", ' wool'])
  })

  it('cuts a completion alone as behind its prompt', () => {
    const [prompt, completion] = ['[ a red coat ]\nREASON:', ' I see it. ACTION: open 3\n']
    expect(words.encode(prompt + completion)).toEqual([...words.encode(prompt), ...words.encode(completion)])
  })

  it('spells words that it has never met', () => {
    expect(words.decode(words.encode('Zürich 3x-large ~ ★\n'))).toBe('Zürich 3x-large ~ ★\n')
  })
})
