import { configure, getJsonLinesFormatter, type LogLevel as SinkLevel } from '@logtape/logtape'
import type { LogLevel } from './config.ts'

/** One line of JSON per record on stderr; Fedify's parts log through the same. */
export async function configureLog(level: LogLevel): Promise<void> {
  const format = getJsonLinesFormatter()
  const lowestLevel: SinkLevel = level
  await configure({
    reset: true,
    sinks: { stderr: (record) => process.stderr.write(format(record)) },
    loggers: [
      { category: ['cafe-ia'], sinks: ['stderr'], lowestLevel },
      { category: ['fedify'], sinks: ['stderr'], lowestLevel: 'warning' },
      { category: ['logtape', 'meta'], sinks: ['stderr'], lowestLevel: 'error' },
    ],
  })
}
