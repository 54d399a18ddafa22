/**
 * Takes Docker's stream of output apart: frames of 8 bytes (which stream, three zeros, length as big-endian 32 bits) followed by as many bytes.
 * Both streams are handed on in order of arrival. Give it the chunks as they come; frames may be cut anywhere.
 */
export function createDemultiplexer(onData: (data: Buffer) => void): (chunk: Buffer) => void {
  let header = Buffer.alloc(0)
  let left = 0
  return (chunk) => {
    let rest = chunk
    while (rest.length > 0) {
      if (left === 0) {
        const needed = 8 - header.length
        header = Buffer.concat([header, rest.subarray(0, needed)])
        rest = rest.subarray(needed)
        if (header.length < 8) return
        left = header.readUInt32BE(4)
        header = Buffer.alloc(0)
        continue
      }
      const data = rest.subarray(0, left)
      left -= data.length
      rest = rest.subarray(data.length)
      onData(data)
    }
  }
}
