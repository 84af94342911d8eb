import type { Context } from '../context.ts'
import { purge } from '../jobs/purge.ts'

export async function purgeNow(context: Context): Promise<void> {
  await purge(context)
  process.stdout.write('Fait.\n')
}
