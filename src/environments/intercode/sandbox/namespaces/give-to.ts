import { lchown, readdir } from 'node:fs/promises'
import type { Identity } from './identity.ts'

/**
 * Makes a folder with all that is in it the sandbox's user's own, where that is not Leap's user anyway. Walks by itself because Node's recursive
 * listing goes through links, and what a link points to is not ours to give.
 */
export async function giveTo(identity: Identity, folder: string): Promise<void> {
  if (!identity.isOther) return
  await lchown(folder, identity.uid, identity.gid)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) await giveTo(identity, path)
    else await lchown(path, identity.uid, identity.gid)
  }
}
