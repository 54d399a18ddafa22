/**
 * The byte alphabet of byte-level BPE (GPT-2): printable Latin-1 characters stand for their own byte, every other byte for a character from
 * U+0100 on, in byte order. So any text is a string without spaces or control characters, and any bytes can be a vocabulary entry.
 */
const byteToCharacter: string[] = []
const characterToByte = new Map<string, number>()
for (let byte = 0, spare = 256; byte < 256; byte++) {
  const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  const character = String.fromCharCode(printable ? byte : spare++)
  byteToCharacter.push(character)
  characterToByte.set(character, byte)
}

const encoder = new TextEncoder()

/** All 256 characters of the alphabet, by byte. */
export const byteAlphabet: readonly string[] = byteToCharacter

/** Text to its UTF-8 bytes, one character of the alphabet each. */
export function toByteAlphabet(text: string): string {
  let result = ''
  for (const byte of encoder.encode(text)) result += byteToCharacter[byte]
  return result
}

/** The bytes that a string over the alphabet stands for, or undefined if it holds any other character. */
export function fromByteAlphabet(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const byte = characterToByte.get(text[i]!)
    if (byte === undefined) return undefined
    bytes[i] = byte
  }
  return bytes
}
