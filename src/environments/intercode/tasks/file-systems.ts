/** The official file systems: four of NL2Bash, and `test`, that of the 24 tasks of the PyPI package. */
export const fileSystemNames = ['fs_1', 'fs_2', 'fs_3', 'fs_4', 'test'] as const
export type FileSystemName = (typeof fileSystemNames)[number]

/** How a file system is made. */
export interface FileSystemRecipe {
  /** Name below `/`, and of the environment variable `script`: `setup_nl2b_fs_1.sh`. */
  scriptName: string
  script: string
  /** The shell that runs it, and whether actions run in it too. */
  shell: '/bin/bash' | '/bin/sh'
  /** Environment that commands see besides HOME, PATH and HOSTNAME. */
  environment: Readonly<Record<string, string>>
}

/**
 * Names that the image's `.gitignore` leaves out of every comparison, at any depth: what is called so does not count for the reward.
 */
export const ignoredNames: ReadonlySet<string> = new Set([
  ...['bin', 'boot', 'dev', 'etc', 'home', 'lib', 'media', 'opt', 'proc', 'root', 'run', 'sbin', 'srv', 'sys'],
  ...['usr', 'var', '.dockerenv'],
])
