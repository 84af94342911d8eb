import { runCli } from '../../node/cli.ts'

/** A command line, with its settings and the folder in which it is run. */
export type CommandLine = { args: string[]; env: Record<string, string>; folder: string }

export type Ran = { code: number | null; stdout: string; stderr: string }

/**
 * Runs the command lines that the process which started this one sends, one at a time. The program is loaded once, which
 * takes ten times as long as most commands.
 */
process.on('message', async ({ args, env, folder }: CommandLine) => {
  process.chdir(folder)
  const written = { stdout: '', stderr: '' }
  const restore = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name]
    const { write } = stream
    stream.write = (text: string | Uint8Array) => {
      written[name] += text
      return true
    }
    return () => {
      stream.write = write
    }
  })
  process.exitCode = undefined
  const code = await runCli(args, env)
  for (const each of restore) each()
  process.send?.({ code, ...written } satisfies Ran)
})
