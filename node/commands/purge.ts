import type { Context } from '../context.ts'
import { purge } from '../jobs/purge.ts'

/** Runs the nightly purge now and says so on the standard output. */
export async function purgeNow(context: Context): Promise<void> {
  await purge(context)
  process.stdout.write('Fait.\n')
}
