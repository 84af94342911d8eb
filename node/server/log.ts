import {
  configure,
  getJsonLinesFormatter,
  type LogRecord,
  type LogLevel as SinkLevel,
} from '@logtape/logtape'
import type { LogLevel } from '../config.ts'

/** Configures the log: one line of JSON for each record on stderr; Fedify's parts use the same. It names nobody. */
export async function configureLog(
  level: LogLevel,
  write: (line: string) => unknown = (line) => process.stderr.write(line),
): Promise<void> {
  const format = getJsonLinesFormatter()
  const lowestLevel: SinkLevel = level
  await configure({
    reset: true,
    sinks: { stderr: (record) => write(hideAddresses(format(withoutDetails(record)))) },
    loggers: [
      { category: ['cafe-ia'], sinks: ['stderr'], lowestLevel },
      { category: ['fedify'], sinks: ['stderr'], lowestLevel: 'warning' },
      { category: ['logtape', 'meta'], sinks: ['stderr'], lowestLevel: 'error' },
    ],
  })
}

/** Reduces an error to its stack: PostgreSQL adds the whole row that it refuses, with whatever it says of a person. */
function withoutDetails({ message, properties, ...record }: LogRecord): LogRecord {
  const plain = (value: unknown) =>
    value instanceof Error ? (value.stack ?? value.message) : value
  return {
    ...record,
    message: message.map(plain),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, plain(value)]),
    ),
  }
}

/** Characters between the words of a line, none of which is part of an address. */
const BETWEEN = /([\s"'`<>()[\]{}=,;:\\]+)/

/** An e-mail address or that of an account (`@name@host`), as a whole word; a path of the program has a slash. */
const MAILBOX = /^@?[^/@]+@[^/@]+$/

/** What follows this leads to a person's profile, or opens it. */
const PEOPLE = '/animation/'
/** The account of a person has a random name (`newHandle`). */
const DRAWN = /^[a-z2-9]{10}$/

function hidePerson(address: string): string {
  const at = address.indexOf(PEOPLE)
  if (at >= 0) return `${address.slice(0, at)}${PEOPLE}…`
  const parts = address.split('/')
  const isAccount = (part: string, index: number) =>
    parts[index - 1] === 'actors' && DRAWN.test(part.slice(0, 10)) && !/^[\w-]/.test(part.slice(10))
  return parts.map((part, index) => (isAccount(part, index) ? '…' : part)).join('/')
}

const hideAddresses = (line: string): string =>
  line
    .split(BETWEEN)
    .map((word) => (MAILBOX.test(word) ? '…' : hidePerson(word)))
    .join('')
