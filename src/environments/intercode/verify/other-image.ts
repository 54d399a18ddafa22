import type { RecordedLog } from './recorded-log.ts'

/** The folder that the set-up script of a table's file system makes at the root. */
const folders: Readonly<Record<string, string>> = {
  'nl2bash_fs_1.json': '/testbed',
  'nl2bash_fs_2.json': '/system',
  'nl2bash_fs_3.json': '/workspace',
}

/**
 * True for a log that was recorded on the image of another file system than its table says, as one of InterCode's own was: an agent that had done
 * nothing yet was told that the folder of all requests is not there. Nothing can be compared with it.
 */
export function isOfOtherImage({ dataset, episodes }: Pick<RecordedLog, 'dataset' | 'episodes'>): boolean {
  const folder = folders[dataset]
  if (folder === undefined) return false
  const missing = new RegExp(`(?:cannot access |find: )['\u2018]${folder}['\u2019]: No such file or directory`)
  return episodes.some(({ turns }) => missing.test(turns.find(({ isPlayed }) => isPlayed)?.observation ?? ''))
}
