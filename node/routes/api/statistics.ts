import { Hono } from 'hono'
import { z } from 'zod'
import { askForGroup, countedHref } from '../../../ui/territories/counted-values.ts'
import type { Context } from '../../context.ts'
import {
  allHeldOf,
  type GroupCount,
  type Grouping,
  type SiteStatistics,
  type Totals as TotalsOf,
} from '../../domain/territories/statistics.ts'
import { findDepartement } from '../../geo/territories.ts'
import { statisticsOf } from '../territories/statistics-data.ts'
import type { ApiEnv } from './access.ts'
import { publicJson } from './answers.ts'
import { describeRead, jsonOf, refusals } from './documentation.ts'

const Totals = {
  held: z
    .int()
    .describe('Over, open to everyone, neither cancelled nor told to have fallen through'),
  reserved: z.int().describe('The same, for a particular audience: in no other number of cafés'),
  toCome: z.int(),
  cancelled: z.int().describe('In no other figure'),
  reported: z.int().describe('Of `held` and `reserved`: those of which a report tells'),
  participants: z
    .int()
    .describe('Participations that these reports declare; who came twice counts twice'),
}

const cafes = z.url().describe('The page of the cafés that it counts')
const Figure = z.object({ total: z.int(), cafes })

const Group = z.object({
  name: z.string(),
  held: z.int().describe('Those for a particular audience included'),
  ...{ reported: z.int(), participants: z.int(), cafes },
})

const FiguresJson = z
  .object({
    participations: Figure.describe('What reports declare: never a number of persons'),
    reports: Figure,
    cafes: Figure.describe('`held` and `reserved`'),
    reportedShare: z.object({ share: z.number().nullable(), cafes }).describe('0 to 1'),
    communes: Figure.extend({ reported: z.int() }).describe(
      'Those in which a café was held, and of how many firsts a report tells',
    ),
    lastThirtyDays: z.object({
      ...{ from: z.iso.date(), until: z.iso.date(), held: z.int(), reported: z.int() },
      ...{ participants: z.int(), cafes },
    }),
    ...Totals,
    placed: z.int().describe('Held or to come, at a place'),
    outsideParis: z
      .number()
      .nullable()
      .describe('Part of `placed` outside the city of Paris, 0 to 1'),
    departements: z
      .int()
      .describe('Départements, and collectivities overseas, with a café held or to come'),
    organizers: z.int().describe('With a café held in the last twelve months or to come'),
    byMonth: z.array(z.object({ month: z.string().describe('2026-12'), ...Totals, cafes })),
    byDepartement: z.array(
      z.object({ departement: z.string(), name: z.string(), ...Totals, cafes }),
    ),
    byKind: z.array(z.object({ kind: z.string(), ...Group.shape })).describe('Of the structure'),
    byFormat: z.array(Group),
    byNetwork: z.array(z.object({ network: z.string(), ...Group.shape })),
    lists: z
      .object({ toCome: cafes, cancelled: cafes, placed: cafes })
      .extend({ outsideParis: cafes, departements: cafes, organizers: cafes })
      .describe('The pages of the cafés that the figures of these names count'),
    countedAt: z.iso.datetime(),
  })
  .meta({ id: 'Figures' })

/** The route of what the site counts. */
export function statisticsReads(context: Context) {
  const findStatistics = statisticsOf(context)
  return new Hono<ApiEnv>().get(
    '/figures',
    describeRead({
      id: 'getFigures',
      summary: 'How many cafés, when and where, and how many came',
      responses: { 200: jsonOf(FiguresJson, 'Counted at most an hour ago'), ...refusals() },
    }),
    async (c) => publicJson(c, toFiguresJson(await findStatistics(), context.config.origin)),
  )
}

const toTotalsJson = (totals: TotalsOf) => ({
  ...{ held: totals.held, reserved: totals.reserved, toCome: totals.toCome },
  ...{
    cancelled: totals.cancelled,
    reported: totals.reported,
    participants: totals.participations,
  },
})

function toFiguresJson(statistics: SiteStatistics, origin: string): z.input<typeof FiguresJson> {
  const listOf = (...asked: Parameters<typeof countedHref>) => origin + countedHref(...asked)
  const { recent, reported, participations } = statistics
  const all = allHeldOf(statistics)
  const reportedList = listOf({ bilan: '1' })
  const listGroups = (grouping: Grouping) =>
    statistics.groups
      .filter((group) => group.grouping === grouping)
      .map((group) => ({
        key: group.key,
        ...toGroupJson(group),
        cafes: listOf(askForGroup(group)),
      }))
  return {
    participations: { total: participations, cafes: reportedList },
    reports: { total: reported, cafes: reportedList },
    cafes: { total: all, cafes: listOf() },
    reportedShare: { share: all === 0 ? null : reported / all, cafes: listOf() },
    communes: { ...statistics.communes, cafes: listOf({ premiers: '1' }) },
    lastThirtyDays: {
      ...{ from: recent.from.toString(), until: recent.until.toString(), held: recent.held },
      ...{ reported: recent.reported, participants: recent.participations },
      cafes: listOf({ du: recent.from.toString(), au: recent.until.toString() }),
    },
    ...toTotalsJson(statistics),
    ...{ placed: statistics.placed, outsideParis: statistics.outsideParis ?? null },
    ...{ departements: statistics.departements.length, organizers: statistics.organizers },
    byMonth: statistics.byMonth.map(({ month, ...each }) => ({
      ...{ month: month.toString(), ...toTotalsJson(each) },
      cafes: listOf({ mois: month.toString() }),
    })),
    byDepartement: statistics.byDepartement.map(({ departement, ...each }) => ({
      ...{ departement, name: findDepartement(departement)?.name ?? departement },
      ...{ ...toTotalsJson(each), cafes: listOf({ territoire: departement }) },
    })),
    byKind: listGroups('type').map(({ key, ...group }) => ({ kind: key, ...group })),
    byFormat: listGroups('format').map(({ key: _key, ...group }) => group),
    byNetwork: listGroups('reseau').map(({ key, ...group }) => ({ network: key, ...group })),
    lists: {
      toCome: listOf({ annonces: 'a-venir' }),
      cancelled: listOf({ annules: '1' }),
      placed: listOf({ annonces: 'places' }),
      outsideParis: listOf({ annonces: 'places', hors: '75' }),
      departements: listOf({ annonces: 'places' }),
      organizers: listOf({ annonces: 'tous', depuis: statistics.organizersSince.toString() }),
    },
    countedAt: statistics.countedAt
      .round({ smallestUnit: 'second', roundingMode: 'floor' })
      .toString(),
  }
}

const toGroupJson = ({ label, held, reported, participations }: GroupCount) => ({
  ...{ name: label, held, reported: reported, participants: participations },
})
