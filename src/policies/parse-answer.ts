/**
 * Takes an answer `<reason> ACTION: <action>` apart. As LEAP's released code: without a marker the whole text is the reason and the action is
 * empty (which no environment accepts); the action is the first line after the marker.
 */
export function parseAnswer(text: string): { reason: string; action: string } {
  const marker = text.match(/ACTION:/i)
  const head = marker ? text.slice(0, marker.index) : text
  const reason = head.replace(/^\s*REASON:/i, '').trim()
  const action = marker
    ? (
        text
          .slice(marker.index! + marker[0].length)
          .trimStart()
          .split('\n', 1)[0] ?? ''
      ).trim()
    : ''
  return { reason, action }
}
