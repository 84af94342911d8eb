/** A map that forgets its least recently used entry when it is full, for whatever a stranger can make us remember. */
export type CappedMap<K, V> = {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
  readonly size: number
}

export function createCappedMap<K, V>(cap: number): CappedMap<K, V> {
  const entries = new Map<K, V>()

  function get(key: K): V | undefined {
    const value = entries.get(key)
    if (value === undefined) return undefined
    entries.delete(key)
    entries.set(key, value)
    return value
  }

  function set(key: K, value: V): void {
    entries.delete(key)
    const [oldest] = entries.size >= cap ? entries.keys() : []
    if (oldest !== undefined) entries.delete(oldest)
    entries.set(key, value)
  }

  return {
    get,
    set,
    delete: (key) => void entries.delete(key),
    get size() {
      return entries.size
    },
  }
}
