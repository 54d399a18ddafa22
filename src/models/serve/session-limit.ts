/** Remembers the sessions used last, and gives up the one that was not used for longest when there are too many: clients forget to say goodbye. */
export interface SessionLimit {
  use(session: string): void
  forget(session: string): void
}

export function createSessionLimit(limit: number, giveUp: (session: string) => void): SessionLimit {
  // Insertion order is the order of use.
  const sessions = new Set<string>()
  return {
    use(session) {
      sessions.delete(session)
      sessions.add(session)
      if (sessions.size <= limit) return
      const oldest = sessions.values().next().value!
      sessions.delete(oldest)
      giveUp(oldest)
    },
    forget(session) {
      sessions.delete(session)
      giveUp(session)
    },
  }
}
