import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'

/** Where a file may lie: as in this project's copy of the data, or as in a checkout of the original repository. */
const places = {
  'nl2bash_fs_1.json': ['nl2bash', 'data/nl2bash'],
  'nl2bash_fs_2.json': ['nl2bash', 'data/nl2bash'],
  'nl2bash_fs_3.json': ['nl2bash', 'data/nl2bash'],
  'nl2bash_fs_4.json': ['nl2bash', 'data/nl2bash'],
  'test_queries.json': ['nl2bash', 'data/nl2bash', 'data/test'],
  'setup_nl2b_fs_1.sh': ['fs_setup', 'docker/bash_scripts'],
  'setup_nl2b_fs_2.sh': ['fs_setup', 'docker/bash_scripts'],
  'setup_nl2b_fs_3.sh': ['fs_setup', 'docker/bash_scripts'],
  'setup_nl2b_fs_4.sh': ['fs_setup', 'docker/bash_scripts'],
  'setup_fs.sh': ['fs_setup', 'docker/bash_scripts'],
  'ic_spider_dev.json': ['sql/spider', 'data/sql/spider'],
  'ic_spider_dbs.sql': ['sql/spider', 'data/sql/spider'],
  'ic_mbpp.json': ['python/mbpp', 'data/python/mbpp'],
} as const

export type OfficialFile = keyof typeof places

/**
 * The path of an official InterCode file below a data folder.
 * Throws a LeapError `INTERCODE_DATA_MISSING` that names the places that were looked at.
 */
export async function findOfficialFile(folder: string, name: OfficialFile): Promise<string> {
  const candidates = ['', ...places[name]].map((place) => join(folder, place, name))
  for (const path of candidates) {
    if (await isThere(path)) return path
  }
  throw new LeapError({
    code: 'INTERCODE_DATA_MISSING',
    message: `${folder}: expected InterCode's file ${name} in ${places[name].join(', ')} or the folder itself, found none.`,
    remedy: 'Give the folder of InterCode data, for example a checkout of github.com/princeton-nlp/intercode.',
  })
}

/** The text of an official file; throws as {@link findOfficialFile}. */
export async function readOfficialFile(folder: string, name: OfficialFile): Promise<{ path: string; text: string }> {
  const path = await findOfficialFile(folder, name)
  return { path, text: await readFile(path, 'utf8') }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
