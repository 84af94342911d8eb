import type { ServerResponse } from 'node:http'
import { runForVisitor } from '../turns/turns.ts'

/**
 * How long the work for a visitor who has left is still waited for, in milliseconds. Some of it never ends, since it
 * waits for the rest of a body that does not come.
 */
const LEFT_MS = 2_000

export type UnderWay = {
  /**
   * Begins what is done for one request of a neighbourhood; where it only reads, `endIfLeft()` ends it once its visitor
   * has left.
   */
  begin: (work: () => unknown, outgoing: ServerResponse, near?: string) => void
  /**
   * Resolves when nothing is done for a request any more, those of visitors who have left included; of these at the
   * latest some seconds after the last has left.
   */
  ended: () => Promise<void>
}

/** Knows what is done for requests, so that a server that stops ends what it has begun. */
export function createUnderWay(): UnderWay {
  const works = new Set<Promise<void>>()
  let waiting: (() => void)[] = []

  function forget(work: Promise<void>): void {
    works.delete(work)
    if (works.size > 0) return
    for (const resolve of waiting) resolve()
    waiting = []
  }

  return {
    begin: (begun, outgoing, near) => {
      const visit = { hasLeft: isReading(outgoing) && outgoing.destroyed, near }
      const work = runForVisitor(visit, async () => {
        await begun()
      })
      works.add(work)
      let timer: NodeJS.Timeout | undefined
      void work.finally(() => {
        clearTimeout(timer)
        forget(work)
      })
      outgoing.once('close', () => {
        visit.hasLeft = isReading(outgoing) && !outgoing.writableFinished
        if (works.has(work)) timer = setTimeout(() => forget(work), LEFT_MS)
      })
    },
    ended: () =>
      works.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  }
}

const isReading = ({ req }: ServerResponse): boolean => ['GET', 'HEAD'].includes(req.method ?? '')
