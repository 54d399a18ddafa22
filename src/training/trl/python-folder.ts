import { fileURLToPath } from 'node:url'

/** The Python package that comes with Leap: the same place from the sources and from dist/. */
export const pythonFolder = fileURLToPath(new URL('../../../python', import.meta.url))
