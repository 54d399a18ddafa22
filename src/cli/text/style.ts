import { styleText } from 'node:util'

/** Colours by meaning. All of them return the text unchanged where colours are off. */
export interface Style {
  readonly enabled: boolean
  heading(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
  warning(text: string): string
  accent(text: string): string
}

/** Creates the palette. Whether colours are wanted is decided by {@link wantsColor}. */
export function createStyle(enabled: boolean): Style {
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    enabled ? styleText(format, text, { validateStream: false }) : text
  return {
    enabled,
    heading: paint('bold'),
    dim: paint('dim'),
    good: paint('green'),
    bad: paint('red'),
    warning: paint('yellow'),
    accent: paint('cyan'),
  }
}

/** Colours only on a terminal that shows them, and never against `--no-color` or NO_COLOR (https://no-color.org). FORCE_COLOR turns them on in a pipe. */
export function wantsColor(
  stream: { isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): boolean {
  if (argv.includes('--no-color') || (env.NO_COLOR ?? '') !== '' || env.FORCE_COLOR === '0') return false
  if ((env.FORCE_COLOR ?? '') !== '') return true
  return stream.isTTY === true && env.TERM !== 'dumb'
}
