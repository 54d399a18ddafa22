/** A length of time as people say it, in at most two units: `0.4s`, `12s`, `3m 05s`, `2h 07m`, `3d 04h`. Takes milliseconds. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}s`
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 1440) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`
  const hours = Math.round(seconds / 3600)
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`
}

/** A count with thousands separated, whatever the machine's locale. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US')
}

/** A rate with three digits that matter: `0.42/s`, `13.5/s`, `12,300/s`. */
export function formatRate(perSecond: number, unit = ''): string {
  const number =
    perSecond >= 100 ? formatCount(Number(perSecond.toPrecision(3))) : perSecond.toFixed(perSecond >= 10 ? 1 : 2)
  return `${number}${unit === '' ? '' : ` ${unit}`}/s`
}

function two(count: number): string {
  return String(count).padStart(2, '0')
}
