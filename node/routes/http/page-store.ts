/** What is kept in memory up to so many bytes; what was asked for longest ago goes first. */
export type PageStore<T> = {
  get: (key: string) => T | undefined
  /** `bytes` also for one that has grown since. */
  set: (key: string, value: T, bytes: number) => void
}

export function createPageStore<T>(mostBytes: number): PageStore<T> {
  /** In the order of their last use. */
  const kept = new Map<string, { value: T; bytes: number }>()
  let held = 0

  const remove = (key: string): void => {
    held -= kept.get(key)?.bytes ?? 0
    kept.delete(key)
  }

  return {
    get: (key) => {
      const found = kept.get(key)
      if (!found) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found.value
    },
    set: (key, value, bytes) => {
      remove(key)
      // One page may not push out all others.
      if (bytes > mostBytes / 8) return
      kept.set(key, { value, bytes })
      held += bytes
      for (const oldest of kept.keys()) {
        if (held <= mostBytes) return
        remove(oldest)
      }
    },
  }
}
