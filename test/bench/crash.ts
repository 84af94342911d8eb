import type { Answers } from './http-load.ts'
import { describeKilled, killWorks } from './killed.ts'
import { formatNumber, percentile } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import { addSenders } from './senders.ts'
import { databaseOf, pause, portOf, report, settingsOf, until, withStage } from './stage.ts'
import { countRepeated, countRows, countUnsent, isWholeFile } from './store-floors.ts'
import { createProgress, machineText, markdownTable } from './table.ts'

export type CrashBench = {
  rounds: number
  senders: number
  /** How many times each single work is killed. */
  deaths: number
}

/** The times between one kill and the next, which differ so that each comes at another point of the work. */
const LIVES_MS = [400, 650, 900, 1150]
const CONNECTIONS = 12
/** The number of activities per run, more than are sent in it. */
const LETTERS = 600

/** Kills a directory repeatedly while activities arrive. Each activity that it accepted must be stored, once. */
export const benchCrash = (options: CrashBench): Promise<void> =>
  withStage((folder, helpers) => run(folder, options, helpers))

async function run(
  folder: string,
  { rounds, senders: count, deaths }: CrashBench,
  helpers: Helper[],
): Promise<void> {
  const settings = await settingsOf('hub', folder)
  const [port, path] = [portOf(settings), databaseOf(settings)]
  const sender = await startHelper('sender')
  helpers.push(sender)
  await addSenders(path, { origin: settings.CAFE_IA_ORIGIN ?? '', ask: sender.ask, count })
  const clean = await startTimed(settings, helpers)
  await clean.server.stop()

  const progress = createProgress('deaths', rounds)
  const back: number[] = []
  let accepted = 0
  for (let round = 0; round < rounds; round++) {
    await sender.ask({ ask: 'print', kind: 'cavage', count: LETTERS })
    const { server, milliseconds } = await startTimed(settings, helpers)
    if (round > 0) back.push(milliseconds)
    const sending = sender.ask<Answers>({
      ask: 'send',
      port,
      connections: CONNECTIONS,
      perSecond: undefined,
      seconds: 30,
    })
    await pause(LIVES_MS[round % LIVES_MS.length] ?? 0)
    await server.stop('SIGKILL')
    accepted += (await sending).statuses[202] ?? 0
    progress.reach(round + 1)
  }
  progress.end()
  const last = await startTimed(settings, helpers)
  back.push(last.milliseconds)
  report('telling what is left')
  await until(() => countUnsent(path) === 0)
  await last.server.stop()
  const [seen, cafes] = [countRows(path, 'seen'), countRows(path, 'cafe')]
  const lost = accepted - seen
  const twice = countRepeated(path)
  process.stdout.write(
    `${[
      `A directory under mail on ${CONNECTIONS} connections, killed with kill -9 ${rounds} times. ${machineText()}`,
      markdownTable(
        ['', 'value'],
        [
          ['answered 202', accepted.toLocaleString('en')],
          ['of these, lost', String(Math.max(0, lost))],
          ['kept, the answer cut off', String(Math.max(0, -lost))],
          ['cafés without their mail, or mail without its café', String(Math.abs(seen - cafes))],
          ['effects that happened twice', String(twice)],
          ['the file is whole', isWholeFile(path) ? 'yes' : 'no'],
          ['back with a first answer after a death, p50 ms', formatNumber(percentile(back, 0.5))],
          ['longest, ms', formatNumber(Math.max(...back))],
          ['floor: a start after a clean stop, ms', formatNumber(clean.milliseconds)],
        ],
      ),
    ].join('\n\n')}\n`,
  )
  if (lost > 0 || seen !== cafes || twice > 0) throw new Error('something was lost or repeated')
  const killed = await killWorks(folder, deaths)
  process.stdout.write(`\n${describeKilled(killed)}\n`)
  if (killed.some(({ wrong }) => wrong.length > 0)) throw new Error('something was left half done')
}

async function startTimed(
  settings: Record<string, string>,
  helpers: Helper[],
): Promise<{ server: Helper; milliseconds: number }> {
  const began = performance.now()
  const server = await startHelper('server', { env: settings })
  helpers.push(server)
  return { server, milliseconds: performance.now() - began }
}
