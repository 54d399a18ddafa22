import type { TextOutput } from './context.ts'

/** An output of which a display can take hold, so that text written meanwhile lands above its bars instead of among them. */
export interface OverlayOutput extends TextOutput {
  /** Hands everything that is written from now on to `handler`, until `release`. Returns the bare output. One at a time: the last one counts. */
  hold(handler: (text: string) => void): { bare: TextOutput; release: () => void }
}

export function createOverlayOutput(bare: TextOutput): OverlayOutput {
  let handler: ((text: string) => void) | undefined
  return {
    write: (text) => (handler === undefined ? bare.write(text) : handler(text)),
    get isTTY() {
      return bare.isTTY === true
    },
    get columns() {
      return bare.columns ?? 0
    },
    hold(next) {
      handler = next
      return {
        bare,
        release: () => {
          if (handler === next) handler = undefined
        },
      }
    },
  }
}

export function isOverlayOutput(output: TextOutput): output is OverlayOutput {
  return 'hold' in output
}
