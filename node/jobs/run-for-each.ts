import { giveWay } from '../turns/turns.ts'

/**
 * Runs a work for each item, whichever of the others fail.
 *
 * @throws Error once all are done, with how many failed and, as its cause, the first failure.
 */
export async function runForEach<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: { first?: unknown; total: number } = { total: 0 }
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      failures.first ??= error
      failures.total += 1
    }
    await giveWay()
  }
  if (failures.total > 0)
    throw new Error(`${failures.total} of ${items.length} failed`, { cause: failures.first })
}
