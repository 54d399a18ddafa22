/**
 * Takes an answer `<reason> ACTION: <action>` apart. As LEAP's released code: without a marker the whole text is the reason and the action is
 * empty (which no environment accepts); the action is the block between fences (three backticks) that follows the marker, of any number of lines, or else
 * the first line after it.
 */
export function parseAnswer(text: string): { reason: string; action: string } {
  const marker = text.match(/ACTION:/i)
  const head = marker ? text.slice(0, marker.index) : text
  const reason = head.replace(/^\s*REASON:/i, '').trim()
  const tail = marker ? text.slice(marker.index! + marker[0].length).trimStart() : ''
  // A block that was cut off by a limit of length is taken as far as it goes.
  const block = /^```[^\n`]*\n([\s\S]*?)(?:\n[ \t]*```|$)/.exec(tail)?.[1]
  const action = block === undefined ? (tail.split('\n', 1)[0] ?? '').trim() : block.trim()
  return { reason, action }
}
