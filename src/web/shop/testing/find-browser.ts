import { existsSync } from 'node:fs'

/** Where Chromium usually lies; `CHROMIUM` names another place. */
const places = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  ...[
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
]

/** A Chromium on this machine, or undefined: tests in a browser then skip. */
export function findBrowser(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return [env.CHROMIUM, ...places].find((path) => path !== undefined && path !== '' && existsSync(path))
}
