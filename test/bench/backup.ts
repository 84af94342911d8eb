import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupAnswer, BackupOrder } from '../../node/jobs/backup/checked-backup.ts'
import { makeWords } from './corpus.ts'
import { fillDatabase, SAVED_ORIGIN } from './fill.ts'
import { sendAll } from './http-load.ts'
import { formatNumber, megabytes, percentile, type Samples } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import { databaseOf, portOf, report, settingsOf, withStage } from './stage.ts'
import { machineText, markdownTable } from './table.ts'

export type BackupBench = { cafes: number; data: string | undefined; quiet: number }

/**
 * The most requests per second; the bench sends a quarter of what a single visitor gets, since a queue of pages would
 * hide the effect of the backup.
 */
const PER_SECOND = 10
const SHARE = 0.25
const SLICE_S = 2

/** Measures pages that are not in the cache, with no other work and during the nightly backup with its check. */
export const benchBackup = (options: BackupBench): Promise<void> =>
  withStage((folder, helpers) => run(options.data ?? folder, options, helpers))

async function run(
  folder: string,
  { cafes, quiet: seconds }: BackupBench,
  helpers: Helper[],
): Promise<void> {
  const { db } = await fillDatabase(folder, { cafes, now: Temporal.Now.instant() })
  await db.destroy()
  const settings = { ...(await settingsOf('hub', folder, SAVED_ORIGIN)), CAFE_IA_BACKUPS: 'off' }
  const env = { ...settings, CAFE_IA_TRUST_PROXY: '127.0.0.1' }
  const server = await startHelper('server', { env })
  helpers.push(server)
  let turn = 0
  const port = portOf(settings)
  const ask = async (connections: number, perSecond?: number): Promise<Samples> => {
    const requests = Array.from({ length: 200 }, () => toRequest(turn++))
    const load = { port, requests, connections, perSecond, seconds: SLICE_S }
    return (await sendAll(load)).latencies
  }
  await ask(1)
  const alone = percentile(await ask(1), 0.5)
  const perSecond = Math.max(1, Math.min(PER_SECOND, Math.floor((1000 / alone) * SHARE)))
  // Every row has slices of the same length, so that requests which one slice leaves unanswered are not in the next.
  const load = () => ask(8, perSecond)
  const rest = async (): Promise<Samples> => {
    const samples: Samples = []
    for (let slice = 0; slice < seconds / SLICE_S; slice++) samples.push(...(await load()))
    return samples
  }
  report(`quiet, ${perSecond} a second`)
  const quiet = await rest()
  report('backing up')
  const place = join(folder, 'bench-backups')
  mkdirSync(place, { recursive: true })
  const order: BackupOrder = {
    ...{ database: databaseOf(settings), data: folder, passphrase: undefined },
    ...{ file: join(place, `${Date.now()}.tar.gz`), arePicturesBeside: true },
    now: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
  }
  const began = performance.now()
  let answer: BackupAnswer | undefined
  const made = server.ask<BackupAnswer>({ ask: 'backup', order }).then((given) => {
    answer = given
  })
  const during: number[] = []
  while (answer === undefined) during.push(...(await load()))
  await made
  const length = (performance.now() - began) / 1000
  rmSync(place, { recursive: true })
  if ('problem' in answer) throw new Error(answer.problem)
  report('quiet again')
  const after = await rest()
  const row = (name: string, samples: Samples) => [
    name,
    String(samples.length),
    ...[0.5, 0.99, 1].map((share) => formatNumber(percentile(samples, share))),
  ]
  const both = [...quiet, ...after]
  const times = (share: number) => formatNumber(percentile(during, share) / percentile(both, share))
  process.stdout.write(
    `${[
      `Pages of a directory with ${cafes.toLocaleString('en')} cafés, ${perSecond} a second, beside its nightly backup. ${machineText()}`,
      markdownTable(
        ['', 'pages', 'p50 ms', 'p99 ms', 'longest ms'],
        [
          row('floor: quiet, before', quiet),
          row('while the backup is made and looked at', during),
          row('floor: quiet, after', after),
        ],
      ),
      `p50 is ${times(0.5)} and p99 is ${times(0.99)} times that of quiet. The backup has ${megabytes(answer.bytes)} MB and took ${formatNumber(length)} s.`,
    ].join('\n\n')}\n`,
  )
  await server.stop()
}

const words = makeWords()

/**
 * Makes a request for the first page of a search that is not cached. It comes from another network at each turn, since
 * limits are per network.
 */
function toRequest(turn: number): Buffer {
  const from = `10.${(turn >> 16) & 255}.${(turn >> 8) & 255}.${turn & 255}`
  return Buffer.from(
    `GET /?q=${words[30 + (turn % 3000)]}&n=${turn} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: fr\r\nAccept-Encoding: gzip, br\r\nX-Forwarded-For: ${from}\r\n\r\n`,
  )
}
