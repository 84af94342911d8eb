/**
 * Work that is asked for again and again, and takes a share of the time at most: after it took a second, or failed after
 * one, it is left out for `rest` seconds. Otherwise whatever fails late, as on a full disk, would be tried all the time.
 */
export function paceWork(work: () => Promise<unknown>, rest: number): () => Promise<void> {
  let notBefore = 0
  return async () => {
    const start = performance.now()
    if (start < notBefore) return
    try {
      await work()
    } finally {
      const end = performance.now()
      notBefore = end + rest * (end - start)
    }
  }
}
