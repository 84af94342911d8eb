import { z } from 'zod'
import { canBeRead, isColour, worstContrast } from '../values/colour.ts'
import { isEmail } from '../values/contact.ts'
import { readDay } from '../values/days.ts'
import { isLoopbackHost } from '../values/host.ts'
import { optionalPhone, optionalText, optionalWebAddress } from '../values/optional-fields.ts'
import { limitOf, type Problem, toProblemCode } from '../values/problem.ts'
import { isWebAddress } from '../values/web-address.ts'
import { LEGAL_BASES, type LegalBasis } from './personal-data.ts'
import type { StructureProfile } from './structure-profile.ts'

export const ACCESSIBILITY_STATES = ['none', 'partial', 'full'] as const
/** How far the site conforms to the RGAA, as an audit found; without an audit that still counts, `none`. */
export type AccessibilityState = (typeof ACCESSIBILITY_STATES)[number]

/** Who is responsible for the site, as the law wants it stated (LCEN, art. 1-1). */
export type LegalNotice = {
  /** Its legal name: dénomination or raison sociale. */
  legalName: string | undefined
  /** Its registered address (siège social), on one line or several. */
  legalAddress: string | undefined
  legalPhone: string | undefined
  /** The person who is responsible for what is published. */
  publicationDirector: string | undefined
  hostName: string | undefined
  hostAddress: string | undefined
  hostPhone: string | undefined
  /**
   * Who answers questions about personal data: a delegate (DPO) or anybody of the structure; a name, an e-mail address,
   * or both.
   */
  dataContact: string | undefined
  dataContactIsDpo: boolean
  /** Why it may keep what nobody agreed to: a public body has a task in the public interest. */
  legalBasis: LegalBasis
  accessibility: AccessibilityState
  auditedOn: Temporal.PlainDate | undefined
  /** Who did the audit, and the share of criteria that were met, as its report says. */
  auditedBy: string | undefined
  auditRate: number | undefined
  /** What is not accessible yet, one entry per line. */
  accessibilityGaps: string | undefined
  accessibilityContact: string | undefined
  /** The addresses of the multi-year accessibility plan and of this year's actions (art. 47 of the law of 2005). */
  accessibilityPlan: string | undefined
  accessibilityActions: string | undefined
  /** When the team last declared all this; undefined before it did. */
  declaredOn: Temporal.PlainDate | undefined
}

/** The share of the criteria, in %, from which a site may be called so (RGAA, "État de conformité"). */
const RATE_MIN: Record<AccessibilityState, number> = { none: 0, partial: 50, full: 100 }

export type Settings = {
  legal: LegalNotice
  /** The main colour, e.g. `#0b6355`; the stylesheet's own when undefined. */
  themeColour: string | undefined
  /** The address of the source of the running program (AGPL §13). */
  sourceUrl: string | undefined
}

export const NO_LEGAL_NOTICE: LegalNotice = {
  legalName: undefined,
  legalAddress: undefined,
  legalPhone: undefined,
  publicationDirector: undefined,
  hostName: undefined,
  hostAddress: undefined,
  hostPhone: undefined,
  dataContact: undefined,
  dataContactIsDpo: false,
  legalBasis: 'interest',
  accessibility: 'none',
  auditedOn: undefined,
  auditedBy: undefined,
  auditRate: undefined,
  accessibilityGaps: undefined,
  accessibilityContact: undefined,
  accessibilityPlan: undefined,
  accessibilityActions: undefined,
  declaredOn: undefined,
}

const SettingsInput = z.object({
  legalName: optionalText(200),
  legalAddress: optionalText(400),
  legalPhone: optionalPhone,
  publicationDirector: optionalText(200),
  hostName: optionalText(200),
  hostAddress: optionalText(400),
  hostPhone: optionalPhone,
  dataContact: optionalText(200),
  dataContactIsDpo: z.boolean(),
  legalBasis: z.enum(LEGAL_BASES, 'invalid').default('interest'),
  accessibility: z.enum(ACCESSIBILITY_STATES, 'invalid'),
  auditedOn: optionalText(10).transform((value, context) => {
    if (value === undefined) return undefined
    const day = readDay(value)
    if (day) return day
    context.addIssue({ code: 'custom', message: 'not_a_date' })
    return z.NEVER
  }),
  auditedBy: optionalText(200),
  auditRate: optionalText(40).transform((value, context) => {
    if (value === undefined) return undefined
    const rate = Number(value.replace(',', '.').replace(/%$/, ''))
    if (rate >= 0 && rate <= 100) return rate
    context.addIssue({ code: 'custom', message: 'number_out_of_range' })
    return z.NEVER
  }),
  accessibilityGaps: optionalText(4_000),
  accessibilityContact: optionalText(254).refine(
    (value) => value === undefined || isEmail(value) || isWebAddress(value),
    'invalid',
  ),
  accessibilityPlan: optionalWebAddress,
  accessibilityActions: optionalWebAddress,
  themeColour: optionalText(40).refine(
    (value) => value === undefined || isColour(value),
    'invalid',
  ),
  sourceUrl: optionalWebAddress,
})

/**
 * Returns settings that may be stored, or every problem at once. A colour that is not legible is refused, and so is a
 * claim of accessibility that no audit supports.
 */
export function decideSettings(
  body: unknown,
  today: Temporal.PlainDate,
): { settings: Settings; problems?: never } | { problems: SettingsProblem[]; settings?: never } {
  const read = SettingsInput.safeParse(body)
  if (!read.success) {
    const problems = read.error.issues.map((issue) => ({
      field: String(issue.path[0] ?? ''),
      code: toProblemCode(issue.message),
      ...limitOf(issue),
    }))
    return { problems }
  }
  const { themeColour, sourceUrl, ...legal } = read.data
  const problems: SettingsProblem[] = []
  if (legal.accessibility !== 'none' && !legal.auditedOn)
    problems.push({ field: 'auditedOn', code: 'audit_required' })
  if (legal.auditedOn && Temporal.PlainDate.compare(legal.auditedOn, today) > 0)
    problems.push({ field: 'auditedOn', code: 'in_the_future' })
  const rateMin = RATE_MIN[legal.accessibility]
  if (legal.auditRate !== undefined && legal.auditRate < rateMin)
    problems.push({ field: 'auditRate', code: 'rate_too_low', detail: String(rateMin) })
  if (themeColour && !canBeRead(themeColour)) {
    // The ratio is rounded down, since 4.49 is not 4.5.
    const ratio = Math.floor(worstContrast(themeColour) * 10) / 10
    problems.push({ field: 'themeColour', code: 'too_pale', detail: String(ratio) })
  }
  if (problems.length > 0) return { problems }
  return { settings: { legal: { ...legal, declaredOn: today }, themeColour, sourceUrl } }
}

/**
 * A problem of the settings form. `detail` is the contrast ratio of a colour, or the share of criteria that is needed.
 */
export type SettingsProblem = {
  field: string
  code: Problem['code'] | 'audit_required' | 'in_the_future' | 'rate_too_low' | 'too_pale'
  detail?: string
}

/** Returns whether an audit no longer counts: a statement holds for three years (arrêté of 20 September 2019). */
export const isAuditExpired = (auditedOn: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(auditedOn.add({ years: 3 }), today) < 0

/** Returns what the site may be called today; an audit that no longer counts supports no claim. */
export const accessibilityOn = (
  { accessibility, auditedOn }: Pick<LegalNotice, 'accessibility' | 'auditedOn'>,
  today: Temporal.PlainDate,
): AccessibilityState => (auditedOn && !isAuditExpired(auditedOn, today) ? accessibility : 'none')

/** What the law wants stated before anything is published, in the order of the form. */
export const LEGAL_MINIMUM = [
  'legalName',
  'legalAddress',
  'legalPhone',
  'publicationDirector',
  'hostName',
  'hostAddress',
  'hostPhone',
  'dataContact',
] as const
export type LegalGap = (typeof LEGAL_MINIMUM)[number] | 'contact'

/**
 * Returns what is still missing before this site may show cafés to the public: what the law wants (LCEN art. 1-1, RGPD
 * art. 13), and one way to reach the place. Nothing is ever missing for an origin that the public cannot reach (http on
 * loopback: a trial, the demonstration).
 */
export function findPublishingGaps(
  { profile, legal }: { profile: StructureProfile; legal: LegalNotice },
  { origin }: { origin: string },
): LegalGap[] {
  if (!origin.startsWith('https://') || isLoopbackHost(new URL(origin).hostname)) return []
  const gaps: LegalGap[] = LEGAL_MINIMUM.filter((field) => legal[field] === undefined)
  if (!profile.phone && !profile.email) gaps.unshift('contact')
  return gaps
}
