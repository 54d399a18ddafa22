import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { ProtobufWriter } from './protobuf-writer.ts'

const schema = protobuf.parse(`syntax = "proto3";
  message Inner { int64 number = 1; }
  message Outer { int64 integer = 1; float fraction = 2; string text = 3; bytes data = 4; repeated Inner inner = 20; }`).root
const outer = schema.lookupType('Outer')

describe('ProtobufWriter', () => {
  it.each([
    0,
    1,
    127,
    128,
    300,
    2 ** 40,
    -1,
    -(2 ** 33),
  ])('writes what an independent reader reads: integer %d', (integer) => {
    const bytes = new ProtobufWriter().integer(1, integer).finish()
    expect(Number(outer.toObject(outer.decode(bytes), { longs: String }).integer ?? 0)).toBe(integer)
  })

  it('writes every kind of field, nested, with long contents', () => {
    const data = Uint8Array.from({ length: 1000 }, (_, index) => index & 255)
    const bytes = new ProtobufWriter()
      .integer(1, 7)
      .float(2, -1.5)
      .bytes(3, 'grün')
      .bytes(4, data)
      .bytes(20, new ProtobufWriter().integer(1, 11))
      .bytes(20, new ProtobufWriter().integer(1, 12n))
      .finish()
    const read = outer.toObject(outer.decode(bytes), { longs: Number, bytes: Array })
    expect(read).toEqual({
      integer: 7,
      fraction: -1.5,
      text: 'grün',
      data: [...data],
      inner: [{ number: 11 }, { number: 12 }],
    })
  })
})
