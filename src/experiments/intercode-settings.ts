import { z } from 'zod'
import { sandboxNames } from '../environments/intercode/sandbox/sandbox-name.ts'

/** What a configuration says about InterCode. */
export const interCodeSchema = z.strictObject({
  /** With official data: train on the official tasks as the paper, or on generated ones and keep the official ones as a test. */
  train: z.enum(['official', 'own']).default('official'),
  /** `paper`: file systems 1 and 2 train, 3 and 4 test; `released-code`: the first 70 % of the rows train. */
  division: z.enum(['paper', 'released-code']).default('paper'),
  /** `reward`: scored and shown after every action, as InterCode's "try again"; `none`: at submit, as LEAP. */
  feedback: z.enum(['none', 'reward']).default('none'),
  /** How commands are isolated; auto takes the best that works here. */
  sandbox: z.enum(['auto', ...sandboxNames]).default('auto'),
  /** Folder or archive with a Linux root file system, for the sandbox `userns`. */
  rootfs: z.string().optional(),
  /** A MySQL-compatible server (mysql://user@host:port); its password is read from LEAP_MYSQL_PASSWORD. Absent: MariaDB is started. */
  mysqlUrl: z
    .string()
    .refine(
      (text) => URL.parse(text)?.password === '',
      'mysql://user@host:port without a password, which belongs into LEAP_MYSQL_PASSWORD',
    )
    .optional(),
})
