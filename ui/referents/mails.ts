import type { Referent } from '../../node/domain/referents/referent.ts'
import { roleText } from '../../node/domain/referents/referent-text.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { draftMail, type MailDraft } from '../admin/mail-templates.ts'
import { referentMailsFr } from '../locales/fr/referents/mails.ts'
import { paths } from '../paths.ts'

type About = {
  referent: Pick<Referent, 'name' | 'word' | 'endsOn' | 'proposedBy'>
  /** The name of the territory. */
  territory: string
  siteName: string
  origin: string
}

/** Makes the mail that asks the person, with their personal link. */
export const askReferentMail = ({ referent, territory, siteName }: About): MailDraft =>
  draftMail('referent-proposal', { by: referent.proposedBy, territory, siteName })

/** Makes the mail whose link opens the territory's pages for the first time. */
export const appointedMail = ({ referent, territory, siteName }: About): MailDraft =>
  draftMail('referent-appointed', {
    name: referent.name,
    role: roleText(referent),
    territory,
    until: plainDate(referent.endsOn),
    siteName,
  })

/** Makes the mail that asks a referent to agree to a new last day, with their personal link. */
export const extensionMail = ({ referent, territory, siteName }: About): MailDraft =>
  draftMail('referent-extension', {
    name: referent.name,
    until: plainDate(referent.endsOn),
    territory,
    siteName,
  })

/** Makes the mail that tells a person that their mandate has ended. */
export const endedMail = ({ referent, territory, siteName }: About): MailDraft =>
  draftMail('referent-ended', { name: referent.name, territory, siteName })

/** Makes the mail that tells the team that who has the mailbox of a mandate is not its person. */
export const disownedMail = ({ referent, territory, origin }: About, id: string): MailDraft =>
  draftMail('referent-disowned', {
    ...{ name: referent.name, territory },
    link: origin + paths.adminReferent(id),
  })

/** Makes the reminders before the end of a mandate: to the person, and to the team that may extend it. */
export function reminderMails(
  { referent, territory, siteName, origin }: About,
  { id, days }: { id: string; days: number },
): { person: MailDraft; team: MailDraft } {
  const { name } = referent
  const until = plainDate(referent.endsOn)
  const link = origin + paths.adminReferent(id)
  return {
    person: draftMail('referent-reminder', { name, until, days, territory, siteName }),
    team: draftMail('referent-reminder-team', { name, until, days, territory, link }),
  }
}

/** Makes the mail about an inactive referent, to the next level up or to the team. */
export const inactiveMail = (
  { referent, territory, origin }: About,
  { id, days, isTeam }: { id: string; days: number; isTeam: boolean },
): MailDraft =>
  draftMail('referent-silent', {
    name: referent.name,
    territory,
    days,
    link: origin + (isTeam ? paths.adminReferent(id) : paths.referentDashboard),
  })

/** How many items of each kind wait in a territory. */
export type TerritoryWaits = {
  joining: number
  duplicates: number
  hidden: number
  silent: number
  suggested: number
}

/** Returns a line for each kind of item that waits. */
export function waitingLines({
  joining,
  duplicates,
  hidden,
  silent,
  suggested,
}: TerritoryWaits): string[] {
  const { weekly } = referentMailsFr
  return [
    ...(suggested > 0 ? [weekly.suggested(suggested)] : []),
    ...(joining > 0 ? [weekly.joining(joining)] : []),
    ...(duplicates > 0 ? [weekly.duplicates(duplicates)] : []),
    ...(hidden > 0 ? [weekly.hidden(hidden)] : []),
    ...(silent > 0 ? [weekly.silent(silent)] : []),
  ]
}

/** Makes the weekly mail, sent on Mondays, about what waits in the territory. */
export function weeklyMail(
  { referent, territory, siteName, origin, code }: About & { code: string },
  { requests, toCome, ...waits }: TerritoryWaits & { requests: number; toCome: number },
): MailDraft {
  const { weekly } = referentMailsFr
  const { joining, duplicates, hidden, silent, suggested } = waits
  const lines = [...waitingLines(waits), weekly.requests(requests), weekly.toCome(toCome)]
  return draftMail('referent-weekly', {
    name: referent.name,
    territory,
    total: joining + duplicates + hidden + silent + suggested,
    lines: lines.join('\n'),
    link: origin + paths.referentDashboardOf(code),
    settings: origin + paths.mailsOfAccount,
    siteName,
  })
}
