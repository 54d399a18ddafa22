/** The text before the first of the stop strings; undefined if it holds none. */
export function cutAtStop(text: string, stop: readonly string[]): string | undefined {
  const found = stop
    .filter((one) => one !== '')
    .map((one) => text.indexOf(one))
    .filter((index) => index >= 0)
  return found.length === 0 ? undefined : text.slice(0, Math.min(...found))
}
