/** The id of the trajectory of one sample of a task in a phase: known before the episode starts, unique within a run. */
export function trajectoryId(phase: string, taskId: string, sample: number): string {
  return `${phase}/${taskId}#${sample}`
}
