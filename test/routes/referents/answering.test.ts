import { describe, expect, test } from 'vitest'
import { CITIES_WITH_ARRONDISSEMENTS, communeAt, index } from '../../../node/geo/commune-table.ts'
import { findCommune } from '../../../node/geo/communes.ts'
import { codesOfCommune } from '../../../node/geo/epci-communes.ts'
import { findAnswering } from '../../../node/routes/territories/referents.ts'
import { appoint } from '../../support/referents.ts'
import { api, hub, useReferentHub } from './referent-hub.ts'

useReferentHub()

/** One in twenty of the 35,000 communes is tested. */
const EACH = 20

describe('who answers for a territory', () => {
  test('the referent of the narrowest territory, then of a wider one, then the team', async () => {
    const team = async (code: string) => (await api(`?territory=${code}`)).level
    expect(await team('c-35238')).toBeNull()
    await appoint(hub, { territory: 'r-53', email: 'r@lieu.example', name: 'Région' })
    expect(await team('c-35238')).toMatchObject({ code: 'r-53' })
    await appoint(hub, { territory: 'e-243500139', email: 'e@lieu.example', name: 'Métropole' })
    expect(await team('c-35238')).toMatchObject({ code: 'e-243500139' })
    expect(await team('c-35288')).toMatchObject({ code: 'r-53' })
    expect(await team('35238')).toMatchObject({ code: 'e-243500139' })
    // This former commune of Ille-et-Vilaine is now part of another one.
    expect(await team('35026')).toMatchObject({ code: 'r-53' })
    expect((await fetch(`${hub.origin}/api/v1/referents?territory=zzz`)).status).toBe(404)
  })

  test('there is somebody for any commune of any département, overseas too, and for each arrondissement', async () => {
    for (const [place, territory] of ['r-53', '972', 'c-69123', '75', '2A', '987'].entries())
      await appoint(hub, { territory, email: `${place}@lieu.example`, name: `De ${territory}` })
    const all = index().names.map((_, row) => communeAt(row))
    const byDepartement = Map.groupBy(all, ({ departement }) => departement)
    expect(byDepartement.size).toBeGreaterThan(100)
    const some = [...byDepartement.values()].flatMap((communes) => [communes[0], communes.at(-1)])
    const within = CITIES_WITH_ARRONDISSEMENTS.flatMap((code) =>
      codesOfCommune(code).map((each) => findCommune(each)),
    )
    const asked = [...new Set([...some, ...within])].filter((commune) => commune !== undefined)
    expect(asked.length).toBeGreaterThan(240)
    for (const { codeInsee, departement, region } of asked) {
      const answer = await api(`?territory=${codeInsee}`)
      const isLyon = /^69(123|38\d)$/.test(codeInsee)
      const level =
        (isLyon && 'c-69123') ||
        ['972', '75', '2A', '987'].find((code) => code === departement) ||
        (region === '53' && 'r-53')
      expect([codeInsee, answer.level]).toEqual([
        codeInsee,
        level ? expect.objectContaining({ code: level }) : null,
      ])
      expect([codeInsee, (answer.items as unknown[]).length]).toEqual([codeInsee, level ? 1 : 0])
      expect(answer.contact).toMatchObject({ url: `${hub.origin}/referents/ecrire/c-${codeInsee}` })
    }
  })

  test('there is somebody for communes all over France in a real database', async () => {
    await appoint(hub, { territory: 'r-53' })
    const codes = index().names.map((_, row) => communeAt(row))
    let answered = 0
    for (const [place, { codeInsee, region }] of codes.entries()) {
      if (place % EACH !== 0) continue
      const answer = await findAnswering(hub.context, codeInsee)
      expect([codeInsee, answer?.territory.code]).toEqual([
        codeInsee,
        region === '53' ? 'r-53' : undefined,
      ])
      answered += 1
    }
    expect(answered).toBeGreaterThan(1000)
  })

  test('a mandate counts on its own days, where the territory is', async () => {
    await appoint(hub, {
      startsOn: Temporal.PlainDate.from('2026-11-26'),
      endsOn: Temporal.PlainDate.from('2026-12-31'),
    })
    expect(await api()).toMatchObject({ items: [] })
    hub.advance({ hours: 15 })
    expect(await api()).toMatchObject({ items: [{ name: 'Claire' }] })
    hub.advance({ hours: 24 * 36 })
    expect(await api()).toMatchObject({ items: [] })
  })
})
