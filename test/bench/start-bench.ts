import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'
import { freePort } from '../support/ports.ts'
import { fillDatabase, SAVED_ORIGIN } from './fill.ts'
import { formatNumber, megabytes, percentile } from './measures.ts'
import { START_ENVIRONMENT, START_OPTIONS } from './processes.ts'
import { pause, portOf, report, type Settings, settingsOf, withStage } from './stage.ts'
import { createProgress, machineText, markdownTable } from './table.ts'

export type StartBench = {
  cafes: number
  /** The folder that keeps a directory's data for the next run; undefined means none. */
  data: string | undefined
  starts: number
  /** The seconds without requests during which the processor and the disk are measured. */
  rest: number
}

type Subject = { name: string; args: string[]; settings: Settings; port: number }

/**
 * Measures the time from the command to the first page, and the resources of a server without visitors, in turn with
 * plain Hono.
 */
export const benchStart = (options: StartBench): Promise<void> =>
  withStage((folder) => run(folder, options))

async function run(folder: string, { cafes, data, starts, rest }: StartBench): Promise<void> {
  const now = Temporal.Now.instant()
  const place = await settingsOf('node', join(folder, 'place'), SAVED_ORIGIN)
  const hub = await settingsOf('hub', data ?? join(folder, 'hub'), SAVED_ORIGIN)
  const placeCafes = Math.min(cafes, 200)
  const filled = await fillDatabase(place.CAFE_IA_DATA ?? '', {
    cafes: placeCafes,
    now,
    ownOnly: true,
  })
  await filled.db.destroy()
  const { db } = await fillDatabase(hub.CAFE_IA_DATA ?? '', { cafes, now })
  await db.destroy()
  const body = join(folder, 'floor.txt')
  writeFileSync(body, 'x'.repeat(7300))
  const floorPort = await freePort()
  const toSubject = (name: string, settings: Settings): Subject => ({
    name,
    args: [...START_OPTIONS, join(PROJECT_ROOT, 'bin/cafe-ia'), 'start'],
    settings: { ...START_ENVIRONMENT, ...settings },
    port: portOf(settings),
  })
  const subjects: Subject[] = [
    {
      name: 'floor: bare Hono',
      // The floor runs without the program's command line, which loads the whole program.
      args: ['--input-type=module', '--eval', floorScript(floorPort, body)],
      settings: {},
      port: floorPort,
    },
    toSubject(`a place with ${placeCafes.toLocaleString('en')} cafés`, place),
    toSubject(`a directory with ${cafes.toLocaleString('en')} cafés`, hub),
  ]
  const times = subjects.map((): number[] => [])
  const progress = createProgress('starts', starts)
  for (let turn = 0; turn < starts; turn++) {
    for (const [index, subject] of subjects.entries()) {
      const { child, milliseconds } = await startOnce(subject)
      times[index]?.push(milliseconds)
      await end(child)
    }
    progress.reach(turn + 1)
  }
  progress.end()
  report(`at rest for ${rest} s each`)
  const rows: string[][] = []
  for (const [index, subject] of subjects.entries()) {
    const samples = times[index] ?? []
    const idle = await watchRest(subject, rest)
    rows.push([
      subject.name,
      formatNumber(percentile(samples, 0.5)),
      formatNumber(Math.max(...samples)),
      megabytes(idle.memory),
      formatNumber(idle.cpuShare * 100),
      formatNumber(idle.writtenPerDay / 1_000_000),
    ])
  }
  process.stdout.write(
    `${[
      `From the command to the first whole page, ${starts} starts in turn, then ${rest} s at rest. ${machineText()}`,
      markdownTable(
        [
          '',
          'first page ms, p50',
          'longest',
          'MB at rest',
          'processor at rest %',
          'written at rest MB/day',
        ],
        rows,
      ),
    ].join('\n\n')}\n`,
  )
}

const floorScript = (port: number, file: string): string =>
  `import { serveHono } from ${JSON.stringify(join(PROJECT_ROOT, 'dist/bench/hono-floor.js'))}
   await serveHono(${JSON.stringify({ port, file })})`

async function startOnce({ args, settings, port }: Subject): Promise<{
  child: ChildProcess
  milliseconds: number
}> {
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    env: settings,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  while (!(await hasPage(port))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended`)
    await pause(2)
  }
  return { child, milliseconds: performance.now() - began }
}

/** Requests the page over a plain socket, so that no code must be loaded for it. */
function hasPage(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  let text = ''
  const socket = connect(port, '127.0.0.1', () =>
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'),
  )
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => resolve(false))
  socket.on('close', () => resolve(text.startsWith('HTTP/1.1 200')))
  return promise
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  // The floor waits for questions as long as there is a channel.
  if (child.connected) child.disconnect()
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** The seconds after a start in which the server still does work that is done once. */
const SETTLING_S = 10

async function watchRest(
  subject: Subject,
  seconds: number,
): Promise<{ memory: number; cpuShare: number; writtenPerDay: number }> {
  const { child } = await startOnce(subject)
  try {
    await pause(Math.min(SETTLING_S, seconds) * 1000)
    const before = readProcess(child.pid)
    await pause(seconds * 1000)
    const after = readProcess(child.pid)
    return {
      memory: after.memory,
      cpuShare: (after.cpuSeconds - before.cpuSeconds) / seconds,
      writtenPerDay: ((after.written - before.written) * 86_400) / seconds,
    }
  } finally {
    await end(child)
  }
}

/** Reads what Linux reports about a process (proc(5)). */
function readProcess(pid: number | undefined): {
  memory: number
  cpuSeconds: number
  written: number
} {
  const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'latin1')
  const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN)
  // The fields follow the name, which may contain anything: user and system time are the 12th and 13th, in hundredths
  // of a second.
  const fields = read('stat')
    .replace(/^.*\) /s, '')
    .split(' ')
  return {
    memory: number(read('status'), /VmRSS:\s+(\d+)/) * 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    written: number(read('io'), /^write_bytes: (\d+)/m),
  }
}
