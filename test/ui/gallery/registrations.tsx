import type { Registration } from '../../../node/domain/registrations/registration.ts'
import { pageOf } from '../../../node/store/database/list-page.ts'
import {
  ClosedPage,
  RegisteredPage,
  RegistrationFormPage,
} from '../../../ui/registrations/form-page.tsx'
import { FindRegistrationPage, OwnRegistrationPage } from '../../../ui/registrations/own-page.tsx'
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
  ...{ site: NODE, cafe, values: typed, messages: [], mailWorks: true, signature: 's', eraseOn },
}
const own = {
  ...{ site: NODE, cafe, registration: one, needs: ['step-free'] as const, rank: undefined },
  ...{ token: 'jeton', closed: undefined },
}
const offered: Registration = { ...one, state: 'offered', heldUntil: NOW.add({ hours: 5 }) }
const waiting: Registration = { ...one, id: 'w', state: 'waiting', phone: EVIL, email: undefined }
const totals = { confirmed: 14, held: 1, waiting: 2, capacity: 12, needs: new Map() }
const team = {
  ...{ ...site, cafe, query: { words: '', state: 'coming' as const }, eraseOn },
  ...{ counts: { coming: 1, waiting: 1, over: 0 }, values: {}, messages: [] },
  ranks: new Map([['w', 3]]),
}

export const registrationPages = {
  'a registration': <RegistrationFormPage {...form} />,
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
    <RegisteredPage site={NODE} cafe={cafe} isWaiting={false} />
  ),
  'a registration with a code': (
    <RegisteredPage
      {...{ site: NODE, cafe, isWaiting: true, code: 'abcde-fghjk-mnpqr' }}
      address="https://lieu.example/inscriptions"
    />
  ),
  'no registration any more': <ClosedPage site={NODE} cafe={cafe} text="Ce café a commencé." />,
  'one’s own registration': <OwnRegistrationPage {...own} done="OK" />,
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
    <RegistrationsPage
      {...team}
      found={pageOf([one, offered, waiting], { page: 1, size: 100 })}
      needs={new Map([['r', ['step-free'] as const]])}
      totals={{ ...totals, needs: new Map([['step-free', 1] as const]) }}
    />
  ),
  'nobody comes to a café yet': (
    <RegistrationsPage
      {...team}
      counts={{ coming: 0, waiting: 0, over: 0 }}
      found={pageOf([], { page: 1, size: 100 })}
      needs={new Map()}
      totals={{ ...totals, confirmed: 0, held: 0, waiting: 0 }}
    />
  ),
}
