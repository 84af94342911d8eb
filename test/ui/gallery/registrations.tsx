import type { Registration } from '../../../node/domain/registrations/registration.ts'
import { pageOf } from '../../../node/store/database/list-page.ts'
import { CountPage } from '../../../ui/registrations/count-page.tsx'
import { ClosedPage, RegistrationFormPage } from '../../../ui/registrations/form-page.tsx'
import { MessagePage } from '../../../ui/registrations/message-page.tsx'
import { FindRegistrationPage, OwnRegistrationPage } from '../../../ui/registrations/own-page.tsx'
import { RegisteredPage } from '../../../ui/registrations/registered-page.tsx'
import { SheetPage } from '../../../ui/registrations/sheet-page.tsx'
import { TeamRegistrationPage } from '../../../ui/registrations/team-one-page.tsx'
import { RegistrationsPage } from '../../../ui/registrations/team-page.tsx'
import { aCafe, EVIL, NODE, NOW, site } from './sample.ts'

const cafe = aCafe({ id: 'a', title: EVIL })
const eraseOn = Temporal.PlainDate.from('2027-01-09')
const one: Registration = {
  ...{ id: 'r', cafeId: 'a', side: 'onsite', state: 'confirmed', seats: 2, name: EVIL },
  ...{ email: 'amina@mail.example', phone: undefined, actorUri: undefined, source: 'form' },
  ...{ handle: undefined, joinUri: undefined },
  ...{ isByAdult: false, rank: 3, heldUntil: undefined, formToken: undefined, createdAt: NOW },
}
const typed = { prenom: EVIL, places: '2', courriel: EVIL, telephone: '', besoins: ['call-me'] }
const form = {
  ...{
    site: NODE,
    cafe,
    values: typed,
    messages: [],
    mailWorks: true,
    signature: 's',
    eraseOn,
    dataContact: EVIL,
    dates: 1,
  },
}
const own = {
  ...{ site: NODE, cafe, registration: one, needs: ['step-free'] as const, rank: undefined },
  ...{ token: 'jeton', closed: undefined },
  answers: [{ question: EVIL, answer: 'Oui' }],
  group: [],
}
const offered: Registration = { ...one, state: 'offered', heldUntil: NOW.add({ hours: 5 }) }
const waiting: Registration = { ...one, id: 'w', state: 'waiting', phone: EVIL, email: undefined }
const totals = [
  { ...{ side: 'onsite' as const, capacity: 12, taken: 14, registrations: 9, held: 1 } },
  { ...{ side: 'online' as const, capacity: undefined, taken: 2, registrations: 2, held: 0 } },
].map((side) => ({ ...side, waiting: 2, waitingSeats: 5 }))
const listed = { needs: ['step-free'] as const, waitingRank: undefined, passing: undefined }
const passing = { side: 'onsite' as const, rank: 9, madeAt: NOW, free: 1 }
const shown = {
  one: { ...one, ...listed, isByAdult: true },
  offered: { ...offered, ...listed, email: undefined },
  waiting: { ...waiting, ...listed, waitingRank: 3, passing },
}
const needed = [['step-free', 1]] as const
const team = {
  ...{ ...site, cafe, query: { words: '', state: 'coming' as const }, eraseOn },
  ...{ counts: { coming: 1, waiting: 1, over: 0 }, values: {}, messages: [] },
  ...{ totals, needs: needed, noShows: 2, answers: [{ question: EVIL, answer: EVIL, seats: 2 }] },
  attendance: { participants: 8, absent: 3, unregistered: 2 },
}
const opened = {
  ...{ ...site, cafe, one: shown.one, version: 'confirmed 2 -', isOpen: true, values: {} },
  ...{ dates: [aCafe({ id: 'b', title: EVIL })], messages: [] },
}
const writing = {
  ...{ ...site, cafe, counts: { coming: 2, waiting: 1, all: 3 }, messages: [] },
  values: { a: 'viennent' },
}
const counting = {
  ...{ ...site, cafe, coming: [shown.one, { ...shown.waiting, seats: 1 }], version: '-' },
  ...{ present: new Map([['r', 1]]), unregistered: '2', sendKey: 'k', isOver: false },
}
const sheet = { ...site, cafe, side: 'onsite' as const, totals, eraseOn, now: NOW }

export const registrationPages = {
  'a registration': <RegistrationFormPage {...form} />,
  'a registration with questions': (
    <RegistrationFormPage
      {...form}
      dates={12}
      cafe={{
        ...cafe,
        registration: {
          ...cafe.registration,
          questions: [{ text: EVIL, why: EVIL, answers: ['Oui', 'Non'] }],
        },
      }}
    />
  ),
  'a registration with mistakes': (
    <RegistrationFormPage
      {...form}
      messages={[
        { name: 'prenom', message: 'Dites comment on vous appellera.' },
        { name: 'age', message: 'Cochez cette case.' },
      ]}
    />
  ),
  'a registration where no mail leaves': <RegistrationFormPage {...form} mailWorks={false} />,
  'a registration for which a mail is on its way': (
    <RegisteredPage site={NODE} cafe={cafe} isWaiting={false} values={typed} />
  ),
  'a registration whose mail is sent again': (
    <RegisteredPage site={NODE} cafe={cafe} isWaiting={false} values={typed} isAgain />
  ),
  'a registration with a code': (
    <RegisteredPage
      {...{ site: NODE, cafe, isWaiting: true, values: typed, code: 'abcde-fghjk-mnpqr' }}
      address="https://lieu.example/inscriptions"
    />
  ),
  'no registration any more': <ClosedPage site={NODE} cafe={cafe} text="Ce café a commencé." />,
  'one’s own registration': <OwnRegistrationPage {...own} done="OK" />,
  'one’s own registration at several dates': (
    <OwnRegistrationPage
      {...own}
      group={[
        { registration: { ...one, id: 'x' }, cafe },
        { registration: { ...one, id: 'y', state: 'waiting' }, cafe },
      ]}
    />
  ),
  'one’s own registration to prove': (
    <OwnRegistrationPage {...own} registration={{ ...one, state: 'unproven', heldUntil: NOW }} />
  ),
  'a seat that is offered': <OwnRegistrationPage {...own} registration={offered} />,
  'one’s own registration that waits': (
    <OwnRegistrationPage {...own} registration={waiting} rank={2} problem="12" />
  ),
  'one’s own registration that is over': (
    <OwnRegistrationPage {...own} registration={{ ...one, state: 'cancelled' }} closed="off" />
  ),
  'the code of a registration': <FindRegistrationPage site={NODE} code="" problem={undefined} />,
  'a wrong code of a registration': (
    <FindRegistrationPage site={NODE} code={EVIL} problem="Ce code n’ouvre aucune inscription." />
  ),
  'who comes to a café': (
    <RegistrationsPage {...team} found={pageOf(Object.values(shown), { page: 1, size: 100 })} />
  ),
  'nobody comes to a café yet': (
    <RegistrationsPage
      {...team}
      counts={{ coming: 0, waiting: 0, over: 0 }}
      found={pageOf([], { page: 1, size: 100 })}
      totals={[]}
      needs={[]}
    />
  ),
  'a registration, for the team': <TeamRegistrationPage {...opened} />,
  'a registration with an offer, for the team': (
    <TeamRegistrationPage {...opened} one={shown.offered} dates={[]} />
  ),
  'a registration that waits, for the team': (
    <TeamRegistrationPage
      {...opened}
      one={shown.waiting}
      values={{ reason: EVIL }}
      messages={[{ name: 'reason', message: 'Trop long.' }]}
    />
  ),
  'a registration of a café that is over, for the team': (
    <TeamRegistrationPage {...opened} isOpen={false} />
  ),
  'a message to those who come': <MessagePage {...writing} />,
  'a message to those who come, before it leaves': (
    <MessagePage
      {...writing}
      values={{ a: 'tous', message: EVIL }}
      preview={{
        subject: EVIL,
        text: EVIL,
        mails: 2,
        accounts: 1,
        toCall: [shown.waiting],
      }}
    />
  ),
  'the count at the door': <CountPage {...counting} />,
  'the count at the door, with a message': (
    <CountPage {...counting} message="Trop." saved="8 personnes." />
  ),
  'the count of a café whose names are deleted': <CountPage {...counting} isOver />,
  'the sheet of a café': <SheetPage {...sheet} coming={[shown.one, shown.waiting]} />,
  'the sheet of a café to which nobody comes': <SheetPage {...sheet} coming={[]} />,
}
