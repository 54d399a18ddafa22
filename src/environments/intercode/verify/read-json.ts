/**
 * Reads JSON as Python writes it, where a number may be `NaN` or `Infinity`: those become null.
 * Throws a SyntaxError for anything else.
 */
export function readPythonJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const plain = text.replace(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (part) => (part.startsWith('"') ? part : 'null'))
    if (plain === text) throw error
    return JSON.parse(plain)
  }
}
