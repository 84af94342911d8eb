import { defineConfig } from 'rolldown'
import { divideInto, program, verification } from '../../rolldown.config.ts'

/** Bundles the program together with the benches, which share its code. */
export default defineConfig([
  {
    ...program,
    input: {
      ...program.input,
      'bench/main': 'test/bench/main.ts',
      'bench/hono-floor': 'test/bench/hono-floor.ts',
      'bench/command-host': 'test/bench/command-host.ts',
      'bench/later-migrations': 'test/support/with-later-migrations.ts',
    },
    // The floor loads nothing of the program.
    output: {
      ...program.output,
      codeSplitting: divideInto({ ...program.input, 'hono-floor': 'test/bench/hono-floor.ts' }),
    },
  },
  verification,
])
