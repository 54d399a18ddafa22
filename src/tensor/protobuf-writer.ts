/** Writes the protobuf wire format: the few primitives that ONNX models need. */
export class ProtobufWriter {
  readonly #chunks: Uint8Array[] = []

  /** A varint field (int32, int64, enum, bool). Negative values take ten bytes, as protobuf asks. */
  integer(field: number, value: number | bigint): this {
    this.#varint(BigInt(field << 3))
    this.#varint(BigInt.asUintN(64, BigInt(value)))
    return this
  }

  /** A 32-bit float field. */
  float(field: number, value: number): this {
    this.#varint(BigInt((field << 3) | 5))
    this.#chunks.push(new Uint8Array(Float32Array.of(value).buffer))
    return this
  }

  /** A length-delimited field: string, bytes, or an embedded message. */
  bytes(field: number, value: Uint8Array | string | ProtobufWriter): this {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
    const parts = bytes instanceof ProtobufWriter ? bytes.#chunks : [bytes]
    this.#varint(BigInt((field << 3) | 2))
    this.#varint(BigInt(parts.reduce((length, part) => length + part.length, 0)))
    for (const part of parts) this.#chunks.push(part)
    return this
  }

  /** Everything written so far. */
  finish(): Uint8Array {
    const result = new Uint8Array(this.#chunks.reduce((length, chunk) => length + chunk.length, 0))
    let offset = 0
    for (const chunk of this.#chunks) {
      result.set(chunk, offset)
      offset += chunk.length
    }
    return result
  }

  #varint(value: bigint): void {
    const bytes: number[] = []
    let rest = value
    while (rest > 127n) {
      bytes.push(Number(rest & 127n) | 128)
      rest >>= 7n
    }
    bytes.push(Number(rest))
    this.#chunks.push(Uint8Array.from(bytes))
  }
}
