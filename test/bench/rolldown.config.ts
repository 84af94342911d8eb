import { defineConfig } from 'rolldown'
import { program, verification } from '../../rolldown.config.ts'

/** The program with what measures it, which shares its code. */
export default defineConfig([
  {
    ...program,
    input: {
      ...program.input,
      'bench/main': 'test/bench/main.ts',
      'bench/hono-floor': 'test/bench/hono-floor.ts',
    },
  },
  verification,
])
