import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLogFlush } from '../../../node/store/database/write-log/flush.ts'

test('a commit that comes while the log is closed is flushed all the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-flush-'))
  const path = join(folder, 'cafe-ia.sqlite')
  await writeFile(`${path}-wal`, 'frames')
  try {
    for (let time = 0; time < 200; time++) {
      const log = createLogFlush(path)
      const first = log.flush()
      const closed = log.close()
      const late = [log.flush(), closed.then(() => log.flush())]
      await expect(Promise.all([first, closed, ...late])).resolves.toBeDefined()
      await log.close()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})
