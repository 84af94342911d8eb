import { registrationMailsFr as texts } from '../../locales/fr/registration-mails.ts'
import { describeMail, type Site } from './template.ts'

const OWN_REGISTRATION = { link: 'registration' } as const

/** What every mail says of a café to a person who is registered; `online` is empty where they come to the place. */
type CafeParams = Site & Record<'name' | 'title' | 'when' | 'where' | 'online', string>

/** One date of several, in words, and what the person has there. */
export type DateParams = { when: string; where: string; online: string; hasSeat: boolean }

/** What a person with a seat is reminded of, so many days before. */
export type ReminderParams = CafeParams & { days: number; seats: number }

/** What has changed in a café, for a person who has a seat or waits for one. */
export type ChangeParams = CafeParams & {
  news: { title: string; sentences: readonly string[] }
  isNewLink: boolean
  /** The organiser's words about it. */
  note: string
  /** Whether a file for the reader's calendar comes with it. */
  hasFile: boolean
  standing: 'confirmed' | 'waiting' | 'offered' | 'cancelled' | 'postponed'
}

/** The mails to people who register at a café, by name. */
export const REGISTRATION_TEMPLATES = {
  'registration-proof': describeMail(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string }, { link }) => ({
      subject: texts.proofSubject(params.title),
      text: texts.proof({ ...params, link }),
    }),
  ),
  'registration-again': describeMail(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string }, { link }) => ({
      subject: texts.againSubject(params.title),
      text: texts.again({ ...params, link }),
    }),
  ),
  'registration-confirmed': describeMail(
    OWN_REGISTRATION,
    (
      params: CafeParams & {
        page: string
        seats: number
        hasFile?: boolean
        isByTeam?: boolean
      },
      { link },
    ) => ({
      subject: texts.confirmedSubject(params.title),
      text: texts.confirmed({ ...params, link }),
    }),
  ),
  'registration-dates': describeMail(
    OWN_REGISTRATION,
    (
      params: Site & { title: string; dates?: readonly DateParams[]; hasFile?: boolean },
      { link },
    ) => ({ subject: texts.datesSubject(params.title), text: texts.dates({ ...params, link }) }),
  ),
  'registration-change': describeMail(OWN_REGISTRATION, (params: ChangeParams, { link }) => ({
    subject: texts.changeSubject(params),
    text: texts.change({ ...params, link }),
  })),
  'registration-reminder': describeMail(OWN_REGISTRATION, (params: ReminderParams, { link }) => ({
    subject: texts.reminderSubject(params),
    text: texts.reminder({ ...params, link }),
  })),
  'registration-ended': describeMail({}, (params: Site & { title: string; when: string }) => ({
    subject: texts.endedSubject(params.title),
    text: texts.ended(params),
  })),
  'registration-waiting': describeMail(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string; isByTeam?: boolean }, { link }) => ({
      subject: texts.waitingSubject(params.title),
      text: texts.waiting({ ...params, link }),
    }),
  ),
  'seat-offered': describeMail(
    OWN_REGISTRATION,
    (params: Site & { title: string; when: string; seats: number; until: string }, { link }) => ({
      subject: texts.offeredSubject(params.title),
      text: texts.offered({ ...params, link }),
    }),
  ),
  'seat-lapsed': describeMail({}, (params: Site & { title: string; page: string }) => ({
    subject: texts.lapsedSubject(params.title),
    text: texts.lapsed(params),
  })),
  'registration-cancelled': describeMail(
    {},
    (params: Site & Record<'title' | 'when' | 'page' | 'reason', string>) => ({
      subject: texts.cancelledSubject(params.title),
      text: texts.cancelled(params),
    }),
  ),
  'registration-moved': describeMail(
    OWN_REGISTRATION,
    (
      params: Site &
        Record<'title' | 'from' | 'when', string> & { seats: number; isWaiting: boolean },
      { link },
    ) => ({
      subject: texts.movedSubject(params.title),
      text: texts.moved({ ...params, link }),
    }),
  ),
  'registration-message': describeMail(
    OWN_REGISTRATION,
    (params: Site & Record<'title' | 'when' | 'page' | 'text', string>, { link }) => ({
      subject: texts.messageSubject(params.title),
      text: texts.message({ ...params, link }),
    }),
  ),
}
