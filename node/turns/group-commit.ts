/**
 * A commit that is safe on the disk costs as much for one item as for many, so items that arrive together are committed
 * together.
 */

/** The size of a group, unless its first item alone is larger. */
const MOST = 64
/** A group is committed once nobody more has come for `QUIET_MS`, and at the latest `WAIT_MS` after it began to gather. */
const QUIET_MS = 2
const WAIT_MS = 20

type Waiting<T> = { item: T; settle: PromiseWithResolvers<void> }

/**
 * Makes a function that applies items in groups, in order, one group at a time; each call resolves once its group is
 * committed. A group that fails leaves nothing behind, and its items are applied again one by one, so that a faulty
 * item fails alone.
 */
export function createGroupCommit<T>({
  applyAll,
  onCommitted,
  sizeOf = () => 1,
}: {
  /** Applies all items or none. */
  applyAll: (items: readonly T[]) => Promise<void>
  onCommitted?: () => void
  /** How much an item counts for the size of its group; 1 by default. */
  sizeOf?: (item: T) => number
}): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = []
  let waitingSize = 0
  let timer: NodeJS.Timeout | undefined
  let isBusy = false
  /** The times at which the group began to gather, and at which its last item came. */
  let begunAt = 0
  let cameAt = 0

  async function commitAll(): Promise<void> {
    isBusy = true
    await commitGroup(takeGroup())
    onCommitted?.()
    isBusy = false
    // Between two groups other work has a turn, and a caller that was just answered and writes again joins the next
    // group.
    if (waiting.length > 0) gather()
  }

  function takeGroup(): Waiting<T>[] {
    let size = 0
    const end = waiting.findIndex(({ item }, index) => {
      size += sizeOf(item)
      return index > 0 && size > MOST
    })
    const group = end === -1 ? waiting : waiting.slice(0, end)
    waiting = waiting.slice(group.length)
    for (const { item } of group) waitingSize -= sizeOf(item)
    return group
  }

  function gather(): void {
    begunAt = performance.now()
    look()
  }

  function look(): void {
    const wait = waitingSize < MOST ? QUIET_MS : 0
    timer = setTimeout(commitWhenQuiet, wait)
  }

  function commitWhenQuiet(): void {
    timer = undefined
    const now = performance.now()
    const isFull = waitingSize >= MOST || now - begunAt >= WAIT_MS
    if (isFull || now - cameAt >= QUIET_MS) void commitAll()
    else look()
  }

  async function commitGroup(group: readonly Waiting<T>[]): Promise<void> {
    try {
      await applyAll(group.map(({ item }) => item))
      for (const { settle } of group) settle.resolve()
    } catch (error) {
      const [only] = group
      if (group.length === 1) only?.settle.reject(error)
      else for (const one of group) await commitGroup([one])
    }
  }

  return (item) => {
    const settle = Promise.withResolvers<void>()
    waiting.push({ item, settle })
    waitingSize += sizeOf(item)
    cameAt = performance.now()
    if (!isBusy && timer === undefined) gather()
    return settle.promise
  }
}
