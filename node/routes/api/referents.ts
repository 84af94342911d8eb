import { Hono } from 'hono'
import { z } from 'zod'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { REFERENT_TITLES } from '../../domain/referents/referent.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { chainOf } from '../../geo/territory-chain.ts'
import { listAttestationUris } from '../../store/referents/attestations.ts'
import { listInOffice } from '../../store/referents/referents.ts'
import { nameOfSite } from '../http/site.ts'
import { findAnswering, listShownProfiles } from '../territories/referents.ts'
import type { ApiEnv } from './access.ts'
import { publicJson } from './answers.ts'
import { describeRead, jsonOf, queryParameters, refusals } from './documentation.ts'
import { refuse } from './problems.ts'
import { TerritoryJson, toTerritoryJson } from './territories.ts'

const ReferentJson = z
  .object({
    name: z.string().describe('As the person chose to be shown'),
    word: z.enum(REFERENT_TITLES).describe('The word that the person chose for the role'),
    territory: TerritoryJson,
    from: z.iso.date(),
    until: z.iso.date().describe('The last day of the mandate'),
    attestation: z.url().nullable().describe('Signed by the directory, checkable offline'),
    facilitator: z.url().nullable().describe('Their own profile'),
  })
  .meta({ id: 'Referent' })

const ReferentsJson = z
  .object({
    territory: TerritoryJson.nullable().describe('What was asked for'),
    level: TerritoryJson.nullable().describe(
      'The territory whose referents answer; null: the team of the directory answers',
    ),
    items: z.array(ReferentJson),
    contact: z.object({ name: z.string(), url: z.url() }).describe('Where to write'),
  })
  .meta({ id: 'Referents' })

const Parameters = z.object({
  territory: z
    .string()
    .optional()
    .describe(
      '`c-35238`, `e-243500139`, `35`, `r-53`, or the INSEE code of a commune; without it, all of them',
    ),
})

/** Who answers for a territory. There is always an answer for the code of a commune, current or former. */
export const referentReads = (context: Context) =>
  new Hono<ApiEnv>().get(
    '/referents',
    describeRead({
      id: 'listReferents',
      summary: 'Local referents, from the narrowest territory that has one',
      parameters: queryParameters(Parameters),
      responses: { 200: jsonOf(ReferentsJson, 'Who answers'), ...refusals(404) },
    }),
    async (c) => {
      const { db, config, now } = context
      if (!context.isDirectory) return refuse(c, config, { type: 'not-found' })
      const code = c.req.query('territory') ?? ''
      const [asked] = chainOf(code)
      if (code !== '' && !asked) return refuse(c, config, { type: 'not-found' })
      const answer = asked && (await findAnswering(context, code))
      const referents = asked ? (answer?.referents ?? []) : await listInOffice(db, now())
      const attestations = await listAttestationUris(
        db,
        referents.map(({ id }) => id),
      )
      const profiles = await listShownProfiles(context, referents)
      return publicJson(c, {
        territory: jsonOrNull(asked),
        level: jsonOrNull(answer?.territory),
        items: referents.map((referent) => ({
          name: referent.name,
          word: referent.word,
          territory: jsonOrNull(findTerritory(referent.territory)),
          from: referent.startsOn.toString(),
          until: referent.endsOn.toString(),
          attestation: attestations.get(referent.id) ?? null,
          facilitator: profiles.has(referent.facilitatorUri ?? '') ? referent.facilitatorUri : null,
        })),
        contact: {
          name: await nameOfSite({ db, config }),
          url: config.origin + (asked ? paths.writeToReferent(asked.code) : paths.contact),
        },
      })
    },
  )

const jsonOrNull = (territory: Territory | undefined) =>
  territory ? toTerritoryJson(territory) : null
