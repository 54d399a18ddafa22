import { LeapError } from '../contracts/error.ts'

/** Where a named parameter lies in the flat array of its store. */
export interface ParameterSlot {
  readonly name: string
  readonly shape: readonly number[]
  /** Index of its first element. */
  readonly offset: number
  readonly size: number
}

/**
 * Named float32 arrays side by side in one flat array, which is shared memory: worker threads read and write it without
 * copies, and an optimiser or a checkpoint can treat all parameters as one. Parameters start at multiples of 16 elements;
 * the gaps stay zero.
 */
export class ParameterStore {
  readonly slots: readonly ParameterSlot[]
  /** All parameters, on a SharedArrayBuffer. */
  readonly values: Float32Array<SharedArrayBuffer>
  readonly #byName: ReadonlyMap<string, ParameterSlot>

  constructor(shapes: readonly { readonly name: string; readonly shape: readonly number[] }[]) {
    let length = 0
    this.slots = shapes.map(({ name, shape }) => {
      const size = shape.reduce((product, dimension) => product * dimension, 1)
      const slot = { name, shape, offset: length, size }
      length += Math.ceil(size / 16) * 16
      return slot
    })
    this.#byName = new Map(this.slots.map((slot) => [slot.name, slot]))
    this.values = sharedFloats(length)
  }

  /** Number of parameters, gaps not counted. */
  get count(): number {
    return this.slots.reduce((sum, slot) => sum + slot.size, 0)
  }

  /** Throws PARAMETER_UNKNOWN. */
  slot(name: string): ParameterSlot {
    const slot = this.#byName.get(name)
    if (!slot) throw new LeapError({ code: 'PARAMETER_UNKNOWN', message: `there is no parameter ${name}` })
    return slot
  }

  /** The numbers of one parameter: a view, writing to it changes the store. */
  get(name: string): Float32Array<SharedArrayBuffer> {
    const { offset, size } = this.slot(name)
    return this.values.subarray(offset, offset + size)
  }

  /** Overwrites one parameter. Throws PARAMETER_SHAPE if the number of elements differs. */
  set(name: string, numbers: ArrayLike<number>): void {
    const target = this.get(name)
    if (numbers.length !== target.length)
      throw new LeapError({
        code: 'PARAMETER_SHAPE',
        message: `${name}: expected ${target.length} numbers (shape [${this.slot(name).shape.join(', ')}]), found ${numbers.length}`,
      })
    target.set(numbers)
  }
}

/** A zeroed float32 array in shared memory. */
export function sharedFloats(length: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(length * 4))
}
