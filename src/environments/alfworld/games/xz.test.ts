import { describe, expect, it } from 'vitest'
import { CorruptDataError } from './lzma.ts'
import { isXz, unpackXz } from './xz.ts'

// Made with Python's lzma module: 400 lines at preset 9e with CRC64; their first 3,000 bytes with lc 0, lp 2, pb 0, a 4 KB
// dictionary and CRC32.
const whole = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4CbOAwldADYaSh8IoCYDTQad+LKlrLJNQFfd3ONke7CmoCXVDWnRpoAh/0awv8SSCouAfrWEmXARx4ImemAtqeFN7OlKapUNjK9sOiAFjQlF67rATuq85s5FEcQF3O53EkEfFu0XeS2GNoPtDItFgFE2+6q0uOZNqyaK4f6rzh9XixcXNnH3/WaKxuwvOyYT5/paeEPfh9EzuwA/39kGhCrrWuSkZM6U327WopUz/u9EeTUxnow113qErvw6VITwtzv31l+AVAxDFLfFDRgX5sOvT3eC1Nb+1lejF18Y+kOkcSCjNdbjaNsT7Z/K4tAJ/bH1GmMxjhCncg+txo922WsjDu0NIIGU5yM28hqRd5N2dpDcwjbvL6xwW1gAPSjL3fp5j8yDkOtXIQS2mZOPDgU/lAHZje2fB7w9sB3acX3idU1SjGR7SOuqA+a5XyjP/pt5O4pA+xQJCQiiGXazVQHQyagIQz280aHAAj9ObdvW3VFBb6dj7uNumZMgNR4fG0Sjtv5ko6bBAMHzsO58NXHN1fCPS8D032Ed3AW8oGf856ncrLRPRx9fNTOPC3MB1FXFJHquwvKaSaIbmIlr+Z6ZDP4V7XBd7SgT6GVYUT+TjK6Uo53a8+m+fIqeD7NpFNiTbF5b+jTv781+cM/7XyxpngLYNfn4yz2dEgFdVwCT9b6UUK/Df5c9WK4j3GC+soTkyXDWA+5p5VtfGePCzlN+imfvA9MulE0vLzQbcRX49AqjMynUOxeYZQtSS1l6Hbx51RXxVO6zHQd+2T0sm4pO5kuHvEQdJHypdvhzKTSAv+VxFdeGtetyMuQFwHMBsw/Nmg7PPNHTpxgv58wFYLVd/ditGE9uhREmnjp3PXh5mVSfFEUvqZy0GEgUtBIIe+rGEE/MVlNAzRudc+ZnsQnMlCGO2O++oVDp87TIaS/9qv7ScoXb/KQWz4z7B8N93YpuPnDhIT9lXP/Qi5lUYf6LGhNzc55EhIY6rb0vMTTKsYOo+HmnOav4dkH+NDaVd44z8ctLHiMq3c/bXG4HlwAAAAAr2ovxC9dITgABpQbPTQAA40GoU7HEZ/sCAAAAAARZWg==',
  'base64',
)
const other = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhAQAAAAA3J5fW4Au3AXQSADYbHRTfEeYDbEjHbitCaZRF19ylLdTFQMN3PuB0Ahv/FOV25KbRhBytY7jCTJZoBkcAr5L1joz+sdL3IPpXh0lYdgbzYqPE59yRJt5hbOtyy5AWfpMc4uezGFw1kbuPcs8qi5piVdM2bIHzasmOk8xSGo6SS1ojXfqDlm5ABemGCVrSLQb2FwM4k51TIPzkQwcD0AGdsMfezuvMJe79A4RlcfwKhDpgmdEr0pkWIhfYfhu7/21IlzhmZ+jL1Gbbp67fFWll+DPY+jE96WSrEF+xPkLnOYuvQipx1rM9RPNN3wdsRoKTPdKLtPKbIagNbw1vjFGVdO1x/UYArYgRNBrh3jw96YMINs8rzx3Py7Xy5U389m8YD2+JoVbsINU66OeZa8R6Y4IiLZouBzIlzFep8gJEKfQTv9yhXh108W6I/EegeLyshaHcoNMCGrGeRKZ1TYgJBWNLhJIucTbt9cmUb3kNecehyhGa6Pa70Xjd5x5K+gAhz7rPtNXDKQABkAO4FwAAzms8WLHEZ/sCAAAAAARZWg==',
  'base64',
)
const lines = Array.from({ length: 400 }, (_, i) => `line ${i % 7} of the sample, ${(i * i) % 97}\n`).join('')
const unpack = (data: Uint8Array) => Buffer.concat([...unpackXz(data)].map((piece) => Buffer.from(piece))).toString()

describe('unpackXz', () => {
  it('restores what xz packed, whatever the settings', () => {
    expect(unpack(whole)).toBe(lines)
    expect(unpack(other)).toBe(lines.slice(0, 3000))
  })

  it('knows an .xz file by its first bytes', () => {
    expect(isXz(whole)).toBe(true)
    expect(isXz(Buffer.from('PK'))).toBe(false)
    expect(() => unpack(Buffer.from('no archive at all'))).toThrow(CorruptDataError)
  })

  it('refuses data that end too early', () => {
    for (const length of [20, 300, whole.length - 30, whole.length - 4]) {
      expect(() => unpack(whole.subarray(0, length))).toThrow(CorruptDataError)
    }
  })

  it('refuses several streams rather than to drop all but the first', () => {
    expect(() => unpack(Buffer.concat([whole, other]))).toThrow('several .xz streams')
  })
})
