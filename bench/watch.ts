/** Starts measuring; the function returned gives the seconds since then: on the clock, and of this process's threads together. */
export function startWatch(): () => { wall: number; processor: number } {
  const start = performance.now()
  const usage = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(usage)
    return { wall: (performance.now() - start) / 1000, processor: (user + system) / 1e6 }
  }
}
