import { plainDate } from '../node/domain/date-words.ts'
import type { Referent } from '../node/domain/referent.ts'
import { roleInWords } from '../node/domain/referent-words.ts'
import type { MailWords } from './mails.ts'
import { paths } from './paths.ts'
import { referentMailsFr as words } from './words-referent-mails-fr.ts'

type About = {
  referent: Pick<Referent, 'name' | 'word' | 'endsOn' | 'proposedBy'>
  /** In words. */
  territory: string
  siteName: string
  origin: string
}

/** Asks the person, by the link that is theirs. */
export const askReferentMail = (
  { referent, territory, siteName, origin }: About,
  token: string,
) => ({
  subject: words.ask.subject(territory),
  text: words.ask.text({
    by: referent.proposedBy,
    territory,
    siteName,
    link: origin + paths.mandate(token),
  }),
})

/** Opens the desk the first time. */
export const appointedMail = (
  { referent, territory, siteName, origin }: About,
  token: string,
): MailWords => ({
  subject: words.appointed.subject(territory),
  text: words.appointed.text({
    name: referent.name,
    role: roleInWords(referent),
    territory,
    until: plainDate(referent.endsOn),
    link: origin + paths.referentAccess(token),
    siteName,
  }),
})

export const renewedMail = ({ referent, territory, siteName }: About): MailWords => ({
  subject: words.renewed.subject(territory),
  text: words.renewed.text({ name: referent.name, until: plainDate(referent.endsOn), siteName }),
})

export const endedMail = ({ referent, territory, siteName }: About): MailWords => ({
  subject: words.ended.subject(territory),
  text: words.ended.text({ name: referent.name, siteName }),
})

/** Before the end: to the person, and to the team that may prolong it. */
export function reminderMails(
  { referent, territory, siteName, origin }: About,
  { id, days }: { id: string; days: number },
): { person: MailWords; team: MailWords } {
  const { name } = referent
  const until = plainDate(referent.endsOn)
  const link = origin + paths.deskReferent(id)
  return {
    person: {
      subject: words.reminder.subject(days, territory),
      text: words.reminder.text({ name, until, siteName }),
    },
    team: {
      subject: words.reminderTeam.subject(days, territory),
      text: words.reminderTeam.text({ name, until, territory, link }),
    },
  }
}

/** To the next level up, or to the team. */
export const silentMail = (
  { referent, territory, origin }: About,
  { id, days, isTeam }: { id: string; days: number; isTeam: boolean },
): MailWords => ({
  subject: words.silent.subject(territory),
  text: words.silent.text({
    name: referent.name,
    territory,
    days,
    link: origin + (isTeam ? paths.deskReferent(id) : paths.territoryDesk),
  }),
})

type Waits = {
  joining: number
  duplicates: number
  hidden: number
  silent: number
  demands: number
  toCome: number
}

/** On Monday, what waits in the territory. */
export function mondayMail(
  { referent, territory, siteName, origin, code }: About & { code: string },
  { joining, duplicates, hidden, silent, demands, toCome }: Waits,
): MailWords {
  const { monday } = words
  const lines = [
    joining > 0 && monday.joining(joining),
    duplicates > 0 && monday.duplicates(duplicates),
    hidden > 0 && monday.hidden(hidden),
    silent > 0 && monday.silent(silent),
    monday.demands(demands),
    monday.toCome(toCome),
  ]
  return {
    subject: monday.subject(territory, joining + duplicates + hidden + silent),
    text: monday.text({
      name: referent.name,
      territory,
      lines: lines.filter((line) => line !== false).join('\n'),
      link: origin + paths.territoryDeskOf(code),
      siteName,
    }),
  }
}
