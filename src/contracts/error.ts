/** What went wrong, in the three parts that every message of Leap has, plus a code that scripts can rely on. */
export interface LeapErrorOptions {
  /** Stable, upper case, `ROOM_WHAT`, for example `CONFIG_INVALID`, `GAME_FILE_UNREADABLE`. */
  code: string
  /** What was expected and what was found, naming the file, line, field or construct. */
  message: string
  /** What the reader can do about it. */
  remedy?: string
  cause?: unknown
}

const marker = Symbol.for('leap.error')

/** The one error class of Leap. Recognise it with {@link LeapError.is}, which survives duplicate copies of the package. */
export class LeapError extends Error {
  readonly code: string
  readonly remedy: string | undefined
  readonly [marker] = true

  constructor({ code, message, remedy, cause }: LeapErrorOptions) {
    super(remedy === undefined ? message : `${message}\n  ${remedy}`, cause === undefined ? undefined : { cause })
    this.name = 'LeapError'
    this.code = code
    this.remedy = remedy
  }

  /** True for any LeapError, also one thrown by another copy of the package. */
  static is(value: unknown): value is LeapError {
    return typeof value === 'object' && value !== null && marker in value
  }
}
