/** The user that a sandbox is on the host. */
export interface Identity {
  readonly uid: number
  readonly gid: number
  /** True when Leap runs as root and steps down; files for the sandbox must then be given to this user. */
  readonly isOther: boolean
}

/** Belongs to nobody on Debian, Fedora, Arch and their kin, and lies outside the range that systemd gives away. */
const unprivileged = 60_321

/**
 * A sandbox never has the host's root behind its own: root of a user namespace that is also root outside may write to the kernel's settings.
 */
export function chooseIdentity(user: { readonly uid: number; readonly gid: number }): Identity {
  return user.uid === 0 ? { uid: unprivileged, gid: unprivileged, isOther: true } : { ...user, isOther: false }
}
