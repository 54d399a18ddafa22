/** What a model really sends when it was asked for JSON, and what must become of it. All of them answer for {@link askedSteps}. */
export interface MalformedAnswer {
  what: string
  text: string
  /** Reason and action by step; steps that are not here must be reported as problems. */
  steps: Record<number, readonly [reason: string, action: string]>
  /** Steps that the teacher leaves as they are. */
  left?: readonly number[]
  /** Set if the provider said that the answer was cut off. */
  isCut?: boolean
  /** Must occur among the problems. */
  problem?: string
}

export const askedSteps = [
  { index: 0, action: 'go to desk 1' },
  { index: 1, action: 'look' },
  { index: 2, action: 'open drawer 1' },
]

const a = ['I have not looked at shelf 1.', 'go to shelf 1'] as const
const b = ['Looking again shows nothing new.', 'go to drawer 1'] as const
const c = ['The drawer is closed, so I open it.', 'open drawer 1'] as const
const all = { 0: a, 1: b, 2: c }
const entry = (timestep: number, [corrected_reason, corrected_action]: readonly [string, string]) => ({
  timestep,
  original_action: askedSteps[timestep]!.action,
  corrected_reason,
  corrected_action,
})
const entries = [entry(0, a), entry(1, b), entry(2, c)]
const good = { summary: 'It looks twice.', trajectory: entries }
const json = JSON.stringify(good)
const pretty = JSON.stringify(good, null, 2)
const renamed = (timestep: string, reason: string, action: string) =>
  JSON.stringify({
    trajectory: [a, b, c].map(([why, what], index) => ({ [timestep]: index, [reason]: why, [action]: what })),
  })
const python = pretty.replaceAll('"', "'").replace("'It looks twice.'", "'It looks twice.', 'done': True, 'more': None")
const plainFields = (from: number) => [a, b, c].map(([reason, action], i) => ({ timestep: from + i, reason, action }))

export const malformedAnswers: readonly MalformedAnswer[] = [
  { what: 'plain JSON', text: json, steps: all },
  { what: 'indented JSON', text: pretty, steps: all },
  { what: 'a json fence', text: `\`\`\`json\n${pretty}\n\`\`\``, steps: all },
  { what: 'a fence without a language', text: `\`\`\`\n${json}\n\`\`\``, steps: all },
  { what: 'an upper-case fence', text: `\`\`\`JSON\n${json}\n\`\`\``, steps: all },
  { what: 'a fence that is never closed', text: `\`\`\`json\n${pretty}`, steps: all },
  { what: 'prose before a fence', text: `Here are the corrections:\n\n\`\`\`json\n${json}\n\`\`\``, steps: all },
  {
    what: 'prose around a fence',
    text: `Sure!\n\`\`\`json\n${json}\n\`\`\`\nLet me know if you need more.`,
    steps: all,
  },
  { what: 'prose around bare JSON', text: `Here you are: ${json} I hope that helps.`, steps: all },
  {
    what: 'prose with brackets behind it',
    text: `${json}\n\nNote: timestep 1 [the second] was the mistake.`,
    steps: all,
  },
  { what: 'a byte order mark', text: `\uFEFF${json}`, steps: all },
  { what: 'Windows line ends', text: pretty.replaceAll('\n', '\r\n'), steps: all },
  { what: 'thoughts before the answer', text: `<think>The state says {"x": 1}.</think>\n${json}`, steps: all },
  { what: 'thoughts with a draft in them', text: `<thinking>${json.slice(0, 60)}</thinking>${json}`, steps: all },
  {
    what: 'two fences, the second whole',
    text: `\`\`\`json\n{"summary": "x"}\n\`\`\`\n\`\`\`json\n${json}\n\`\`\``,
    steps: all,
  },
  { what: 'a trailing comma in the list', text: json.replace('}]}', '},]}'), steps: all },
  { what: 'trailing commas in objects', text: json.replaceAll('"}', '",}'), steps: all },
  { what: 'a missing comma between entries', text: json.replace('},{', '}\n{'), steps: all },
  { what: 'missing commas between fields', text: pretty.replaceAll('",\n', '"\n'), steps: all },
  { what: 'a missing last brace', text: json.slice(0, -1), steps: all },
  { what: 'missing last brackets', text: json.slice(0, -2), steps: all },
  { what: 'comments', text: pretty.replace('"trajectory"', '// the turns\n  "trajectory"'), steps: all },
  { what: 'block comments', text: json.replace('"trajectory"', '/* the turns */ "trajectory"'), steps: all },
  { what: 'single quotes', text: pretty.replaceAll('"', "'"), steps: all },
  { what: "Python's True and None", text: python, steps: all },
  { what: 'unquoted keys', text: json.replaceAll(/"(\w+)":/g, '$1:'), steps: all },
  { what: 'typographic quotes', text: json.replaceAll(/"([^"]*)"/g, '\u201c$1\u201d'), steps: all },
  { what: 'three dots at the end of the list', text: json.replace('}]}', '}, ...]}'), steps: all },
  { what: 'a call around it', text: `submit(${json});`, steps: all },
  { what: 'a semicolon behind it', text: `${json};`, steps: all },
  { what: 'JSON in a string', text: JSON.stringify(json), steps: all },
  {
    what: 'quotes in a reason that are not escaped',
    text: json.replace('I have not looked', 'The list says "shelf 1". I have not looked'),
    steps: { ...all, 0: ['The list says "shelf 1". I have not looked at shelf 1.', 'go to shelf 1'] },
  },
  {
    what: 'an unescaped quotation before a comma',
    text: json.replace('I have not looked', 'It says "closed", so I have not looked'),
    steps: { ...all, 0: ['It says "closed", so I have not looked at shelf 1.', 'go to shelf 1'] },
  },
  {
    what: 'an unescaped quotation at the end of a reason',
    text: json.replace('nothing new.', 'only "nothing"'),
    steps: { ...all, 1: ['Looking again shows only "nothing"', 'go to drawer 1'] },
  },
  {
    what: 'a line feed within a string',
    text: json.replace('not looked at', 'not looked\nat'),
    steps: all,
  },
  {
    what: 'a tab within a string',
    text: json.replace('I have', '\tI have'),
    steps: all,
  },
  { what: 'a backslash before an apostrophe', text: json.replace('It looks', "It\\'s that it looks"), steps: all },
  { what: 'a list without the object around it', text: JSON.stringify(entries), steps: all },
  { what: 'one object per line', text: entries.map((one) => JSON.stringify(one)).join('\n'), steps: all },
  { what: 'objects with commas between them', text: entries.map((one) => JSON.stringify(one)).join(',\n'), steps: all },
  { what: 'another name for the list', text: JSON.stringify({ corrections: entries }), steps: all },
  { what: 'the list one level deeper', text: JSON.stringify({ result: { trajectory: entries } }), steps: all },
  { what: 'an object by number', text: JSON.stringify({ 0: entries[0], 1: entries[1], 2: entries[2] }), steps: all },
  {
    what: 'an object by name and number',
    text: JSON.stringify({
      trajectory: Object.fromEntries([a, b, c].map(([reason, action], i) => [`timestep_${i}`, { reason, action }])),
    }),
    steps: all,
  },
  { what: 'camel case keys', text: renamed('timeStep', 'correctedReason', 'correctedAction'), steps: all },
  { what: 'spaces in keys', text: renamed('Time Step', 'Corrected Reason', 'Corrected Action'), steps: all },
  { what: 'short keys', text: renamed('step', 'reason', 'action'), steps: all },
  { what: 'other words for the keys', text: renamed('index', 'improved_reason', 'improved_action'), steps: all },
  {
    what: 'a nested correction',
    text: JSON.stringify({
      trajectory: [a, b, c].map(([reason, action], timestep) => ({ timestep, corrected: { reason, action } })),
    }),
    steps: all,
  },
  { what: 'timesteps as strings', text: json.replaceAll(/"timestep":(\d)/g, '"timestep":"$1"'), steps: all },
  { what: 'timesteps in words', text: json.replaceAll(/"timestep":(\d)/g, '"timestep":"timestep $1"'), steps: all },
  { what: 'counting from 1', text: JSON.stringify({ trajectory: plainFields(1) }), steps: all },
  { what: 'no timesteps, as many as asked', text: json.replaceAll(/"timestep":\d,/g, ''), steps: all },
  {
    what: 'a reason as a list of sentences',
    text: json.replace(`"${a[0]}"`, `["I have not", "looked at shelf 1."]`),
    steps: all,
  },
  {
    what: 'entries in another order',
    text: JSON.stringify({ trajectory: [entries[2], entries[0], entries[1]] }),
    steps: all,
  },
  { what: 'an entry twice, equal', text: JSON.stringify({ trajectory: [entries[0], ...entries] }), steps: all },
  {
    what: 'two different entries for a step',
    text: JSON.stringify({ trajectory: [...entries, { ...entries[1], corrected_action: 'help' }] }),
    steps: { 0: a, 2: c },
    problem: 'timestep 1: there are two different entries',
  },
  {
    what: 'an entry too many',
    text: JSON.stringify({ trajectory: [...entries, { ...entries[2], timestep: 3 }] }),
    steps: all,
  },
  {
    what: 'an entry too few',
    text: JSON.stringify({ trajectory: entries.slice(0, 2) }),
    steps: { 0: a, 1: b },
    problem: 'timestep 2: there is no entry',
  },
  {
    what: 'an entry too few and no timesteps',
    text: json.replaceAll(/"timestep":\d,/g, '').replace(/,\{[^{}]*\}\]/, ']'),
    steps: {},
    problem: 'has 2 entries, none with a timestep, where 3 were asked for',
  },
  {
    what: 'a gap in the middle',
    text: JSON.stringify({ trajectory: [entries[0], entries[2]] }),
    steps: { 0: a, 2: c },
    problem: 'timestep 1: there is no entry',
  },
  {
    what: 'answers shifted against the steps',
    text: JSON.stringify({
      trajectory: [
        { ...entries[1], timestep: 0 },
        { ...entries[2], timestep: 1 },
        { ...entries[0], timestep: 2 },
      ],
    }),
    steps: {},
    problem: 'its original_action is "look", but the student\'s action there was "go to desk 1"',
  },
  {
    what: 'a missing action',
    text: json.replace(`,"corrected_action":"${b[1]}"`, ''),
    steps: { 0: a, 2: c },
    problem: 'timestep 1: corrected_action is missing or empty',
  },
  {
    what: 'an empty reason',
    text: json.replace(b[0], ''),
    steps: { 0: a, 2: c },
    problem: 'timestep 1: corrected_reason is missing or empty',
  },
  {
    what: 'null for an action',
    text: json.replace(`"${c[1]}"}]`, 'null}]'),
    steps: { 0: a, 1: b },
    problem: 'timestep 2: corrected_action is missing',
  },
  {
    what: 'is_corrected false',
    text: JSON.stringify({ trajectory: [entries[0], { timestep: 1, is_corrected: false }, entries[2]] }),
    steps: { 0: a, 2: c },
    left: [1],
  },
  {
    what: "is_corrected as Python's False in a string",
    text: JSON.stringify({ trajectory: [entries[0], { ...entries[1], is_corrected: 'False' }, entries[2]] }),
    steps: { 0: a, 2: c },
    left: [1],
  },
  {
    what: 'is_corrected as a bare False',
    text: json.replace('"timestep":1,', '"timestep":1,"is_corrected":False,'),
    steps: { 0: a, 2: c },
    left: [1],
  },
  {
    what: 'an answer cut off within a reason',
    text: json.slice(0, json.indexOf('closed, so')),
    steps: { 0: a, 1: b },
    problem: 'breaks off',
  },
  {
    what: 'an answer cut off between entries',
    text: json.slice(0, json.lastIndexOf(',{"timestep"')),
    steps: { 0: a, 1: b },
    problem: 'timestep 2: there is no entry',
  },
  {
    what: 'an answer cut off in a fence',
    text: `\`\`\`json\n${pretty.slice(0, pretty.indexOf('closed, so'))}`,
    steps: { 0: a, 1: b },
    problem: 'breaks off',
  },
  {
    what: 'an answer that the provider says was cut off',
    text: json,
    isCut: true,
    steps: { 0: a, 1: b },
    problem: 'breaks off',
  },
  { what: 'nothing', text: '', steps: {}, problem: 'the answer is empty' },
  { what: 'white space', text: ' \n\n', steps: {}, problem: 'the answer is empty' },
  {
    what: 'prose alone',
    text: 'I would go to shelf 1 first.',
    steps: {},
    problem: 'holds no JSON object; it begins "I would',
  },
  { what: 'an apology', text: "I'm sorry, but I can't help with that.", steps: {}, problem: 'holds no JSON object' },
  { what: 'an empty object', text: '{}', steps: {}, problem: 'holds no JSON object' },
  {
    what: 'an empty list',
    text: '{"summary": "All is fine.", "trajectory": []}',
    steps: {},
    problem: 'has no entries',
  },
  { what: 'numbers for entries', text: '{"trajectory": [1, 2, 3]}', steps: {}, problem: 'has no entries' },
  {
    what: 'the schema instead of an answer',
    text: '{"type": "object", "properties": {"summary": {"type": "string"}}}',
    steps: {},
    problem: 'has no entries',
  },
  {
    what: 'an error of a gateway',
    text: '{"error": {"message": "upstream timed out", "code": 504}}',
    steps: {},
    problem: 'has no entries',
  },
  { what: 'thoughts that never end', text: `<think>Let me see {"timestep": 0`, steps: {}, problem: '' },
]
