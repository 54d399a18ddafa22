import { stringify } from 'yaml'
import type { ExportedFile } from './format.ts'

/** A YAML file `<kind>.yaml` for each file of training rows, for the command line of a trainer. */
export function trainingYaml(
  files: readonly ExportedFile[],
  settings: (file: ExportedFile) => object,
): Record<string, string> {
  const training = files.filter(({ split }) => split === 'train')
  return Object.fromEntries(training.map((file) => [`${file.kind}.yaml`, stringify(settings(file))]))
}
