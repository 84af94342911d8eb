/**
 * Limits the share of time that repeated work may take: after it took a second, or failed after one, it is skipped for
 * `rest` seconds. Otherwise work that fails late, as on a full disk, would be tried all the time.
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
