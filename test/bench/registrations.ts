import { join } from 'node:path'
import { readConfig } from '../../node/config.ts'
import { appendSeatMails } from '../../node/routes/registrations/mails.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'
import { runStep } from '../../node/store/database/locks.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { addRegistration, shareSeats } from '../../node/store/registrations/seats.ts'
import { ownCafe } from '../support/own-cafe.ts'
import { insertHome } from '../support/some-series.ts'
import { formatNumber } from './measures.ts'
import { withStage } from './stage.ts'
import { machineText, markdownTable } from './table.ts'

export type BenchRegistrationsOptions = { people: number; database: string | undefined }

const NOW = Temporal.Instant.from('2026-12-01T09:00:00Z')
/** How many ask at once, and at how many cafés. */
const AT_ONCE = 32
const CAFES = 20

/** Measures people who register by the form, with their mails queued, beside two rows in the same transactions. */
export const benchRegistrations = ({ people, database }: BenchRegistrationsOptions) =>
  withStage(async (folder) => {
    const db = await openDatabase(database ?? join(folder, 'cafe-ia.sqlite'))
    await insertHome(db, NOW)
    const cafes: string[] = []
    for (let n = 0; n < CAFES; n++) cafes.push(await addCafe(db))
    const ask = asking(db, cafes)
    await together(100, (n) => ask(people + n))
    const registered = await together(people, ask)
    const floor = await together(people, (n) => insertTwo(db, n))
    await db.destroy()
    const row = (name: string, { seconds, cpu }: typeof floor) => [
      name,
      formatNumber(people / seconds),
      formatNumber(cpu / people),
    ]
    const rows = [row('registrations', registered), row('the floor', floor)]
    process.stdout.write(`${machineText()}\n\n`)
    process.stdout.write(`${markdownTable(['', 'per second', 'processor ms each'], rows)}\n`)
  })

async function addCafe(db: OpenDatabase): Promise<string> {
  const startsAt = NOW.add({ hours: 240 })
  const registration = { mode: 'local', url: undefined, capacity: 30, seatsLeft: 30 } as const
  const cafe = {
    ...ownCafe({ startsAt, endsAt: startsAt.add({ hours: 2 }) }),
    ...{ organizationId: 'canal', id: crypto.randomUUID() },
  }
  const uri = `${new URL(cafe.uri).origin}/cafes/${cafe.id}`
  const own = { ...cafe, uri, url: uri, uid: cafe.id }
  await saveCafe(db, {
    ...own,
    registration: { ...cafe.registration, ...registration, waitlist: true },
  })
  return cafe.id
}

function asking(db: OpenDatabase, cafes: readonly string[]) {
  const config = readConfig({ CAFE_IA_ORIGIN: 'https://lieu.example' })
  const now = () => NOW
  return (n: number) =>
    shareSeats({ db, now }, cafes[n % cafes.length] ?? '', async (seating) => {
      const event = await addRegistration(seating, {
        ...{ side: 'onsite', seats: 1, name: `Personne ${n}`, email: `p${n}@mail.example` },
        ...{ phone: undefined, actorUri: undefined, source: 'form', isByAdult: false },
        ...{ formToken: `form-${n}`, needs: [] },
      })
      if ('free' in event) throw new Error('no waiting list')
      await appendSeatMails(seating.trx, { config, now, siteName: 'Lieu' }, seating.cafe, [event])
    })
}

/** The floor: what any two rows cost there. */
const insertTwo = (db: OpenDatabase, n: number) =>
  runStep(db, async (trx) => {
    for (const half of [1, 2])
      await trx
        .insertInto('setting')
        .values({ name: `floor-${n}-${half}`, value: 'x'.repeat(500) })
        .execute()
  })

async function together(count: number, work: (n: number) => Promise<unknown>) {
  const began = performance.now()
  const before = process.cpuUsage()
  let next = 0
  const one = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1000 }
}
