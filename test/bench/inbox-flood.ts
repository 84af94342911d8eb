import type { Gauge } from './helpers.ts'
import type { Answers } from './http-load.ts'
import { formatNumber, percentile } from './measures.ts'
import type { Helper } from './processes.ts'
import type { Ask } from './senders.ts'
import { report, timePages } from './stage.ts'
import { markdownTable } from './table.ts'

const FLOOD_PER_SECOND = 2000

/** Sends forged activities in the names of members, while a visitor reads. */
export async function measureFlood({
  ask,
  server,
  origin,
  port,
  seconds,
  connections,
}: {
  ask: Ask
  server: Helper
  origin: string
  port: number
  seconds: number
  connections: number
}): Promise<string> {
  report('a flood of bad signatures: preparing')
  await ask({ ask: 'print', kind: 'forged', count: FLOOD_PER_SECOND * seconds })
  await timePages(origin, 2)
  const quiet = await timePages(origin, seconds)
  await server.ask<Gauge>('how')
  const [answers, loud] = await Promise.all([
    ask<Answers>({ ask: 'send', port, connections, perSecond: FLOOD_PER_SECOND, seconds }),
    timePages(origin, seconds),
  ])
  const gauge = await server.ask<Gauge>('how')
  const total = answers.latencies.length
  return [
    `Bad signatures in the names of members: ${formatNumber(total / answers.seconds)}/s, answered ${JSON.stringify(answers.statuses)}.`,
    markdownTable(
      ['', 'page p50 ms', 'page p99 ms', 'refusal p99 ms', 'CPU ms each', 'loop lag p99 ms'],
      [
        [
          'quiet',
          formatNumber(percentile(quiet, 0.5)),
          formatNumber(percentile(quiet, 0.99)),
          '–',
          '–',
          '–',
        ],
        [
          'flood',
          formatNumber(percentile(loud, 0.5)),
          formatNumber(percentile(loud, 0.99)),
          formatNumber(percentile(answers.latencies, 0.99)),
          formatNumber((gauge.cpuSeconds * 1000) / total),
          formatNumber(gauge.lagP99),
        ],
      ],
    ),
  ].join('\n\n')
}
