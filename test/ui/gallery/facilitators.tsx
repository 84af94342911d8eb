import { NoticePage } from '../../../ui/components/notice-page.tsx'
import {
  AdminFacilitatorsPage,
  EraseFacilitatorPage,
  PaperFacilitatorPage,
} from '../../../ui/facilitators/admin-list.tsx'
import { FacilitatorFormPage } from '../../../ui/facilitators/form.tsx'
import { AskFacilitatorPage, FacilitatorsPage } from '../../../ui/facilitators/list-page.tsx'
import { OwnDataPage } from '../../../ui/facilitators/own-data-page.tsx'
import { OwnFacilitatorPage } from '../../../ui/facilitators/own-profile-page.tsx'
import { FacilitatorPreviewPage } from '../../../ui/facilitators/preview-page.tsx'
import { FacilitatorPage } from '../../../ui/facilitators/profile-page.tsx'
import { WithdrawalPage, WithdrawPage } from '../../../ui/facilitators/withdrawal-pages.tsx'
import { aFacilitator } from '../../support/facilitator.ts'
import { aCafe, EVIL, hoursAgo, listed, NODE, NOW, SESSION } from './sample.ts'

const photo = {
  url: 'https://canal.example/media/0123456789abcdef0123456789abcdef-480.jpg',
  alt: EVIL,
  mediaId: '0123456789abcdef0123456789abcdef',
  ...{ width: 480, height: 320, sizes: [480] },
}

const wicked = aFacilitator({
  name: EVIL,
  presentation: `${EVIL}\n${EVIL}`,
  formats: [EVIL],
  themes: [EVIL],
  availability: EVIL,
  shownContact: '06 00 00 00 00',
  photo,
})
const shown = { facilitator: wicked, territory: 'Rennes Métropole' }
const message = { name: 'name', message: 'Ce champ est nécessaire.' }
const RANDOM = 'https://canal.example/animation/h4k7m2p9qx'
const MANDATE =
  'https://annuaire.example/territoires/35#mandat-019adb4e-0000-7000-8000-000000000001'
const own = { site: NODE, token: 'abc' }

/** Pages of people who lead cafés: the public ones, their own, and the team's. */
export const facilitatorPages = {
  'people of a place': (
    <FacilitatorsPage
      site={NODE}
      people={[{ ...shown, href: '/animation/camille-r' }]}
      signedIn={false}
    />
  ),
  'nobody at a place': <FacilitatorsPage site={NODE} people={[]} />,
  'a person': (
    <FacilitatorPage
      {...shown}
      site={NODE}
      mandates={[
        {
          territory: EVIL,
          endsOn: Temporal.PlainDate.from('2027-11-25'),
          href: 'https://annuaire.example/territoires/35',
        },
      ]}
      cafes={[listed(aCafe({ title: EVIL }))]}
      led={{ total: 31, first: NOW.subtract({ hours: 24 * 200 }) }}
      now={NOW}
      publisher={NODE.name}
      write={{
        action: '/animation/camille-r/message',
        values: { name: EVIL, message: EVIL },
        messages: [{ name: 'email', message: message.message }],
        mailWorks: false,
      }}
    />
  ),
  'a person who is not to be written to': (
    <FacilitatorPage
      facilitator={aFacilitator({ photo: undefined, contact: 'none', word: 'neutre' })}
      territory={undefined}
      site={NODE}
      mandates={[]}
      cafes={[]}
      led={undefined}
      now={NOW}
      publisher={NODE.name}
      write={undefined}
    />
  ),
  'asking to appear': (
    <AskFacilitatorPage site={NODE} asked="appear" values={{ name: EVIL }} messages={[message]} />
  ),
  'asking for a new link': (
    <AskFacilitatorPage site={NODE} asked="link" values={{}} messages={[]} />
  ),
  'a profile that is gone': (
    <NoticePage
      site={NODE}
      title={EVIL}
      text={EVIL}
      back={{ href: '/animation', label: EVIL }}
      isDone
    />
  ),
  'own profile, to fill in': (
    <FacilitatorFormPage
      {...own}
      address={undefined}
      values={{
        ...{ name: EVIL, alias: EVIL, languages: ['fr'], level: 'public' },
        'niveau.photo': 'network',
      }}
      messages={[
        message,
        { name: 'alias', message: message.message },
        { name: 'isAdult', message: message.message },
        { name: 'image.alt', message: message.message },
      ]}
      photo={photo}
      towns={[{ text: '93200 Saint-Denis', label: EVIL }]}
    />
  ),
  'own profile, with an address that stays': (
    <FacilitatorFormPage
      {...own}
      address={RANDOM}
      values={{ name: EVIL }}
      messages={[{ name: 'alias', message: message.message }]}
      photo={undefined}
    />
  ),
  'own profile, before agreeing': (
    <FacilitatorPreviewPage
      {...own}
      name={EVIL}
      led={{ total: 2, first: NOW.subtract({ hours: 24 * 40 }) }}
      address={{ url: RANDOM, isChosen: true }}
      former={{ url: RANDOM, isFollowed: true }}
      views={[
        { audience: 'public', shown },
        { audience: 'network', shown },
      ]}
      blocks={[
        { name: 'page', text: EVIL, isRequired: true },
        { name: 'directory', host: 'annuaire.example', text: EVIL, isRequired: false },
        { name: 'fediverse', text: EVIL, isRequired: false },
      ]}
      ticked={['annuaire.example']}
      agreed={['annuaire.example']}
      gaps={[]}
      isPublished
      seen="abc"
      messages={[{ name: 'page', message: 'Sans votre accord sur ce point, rien n’est publié.' }]}
    />
  ),
  'own profile, not ready': (
    <FacilitatorPreviewPage
      {...own}
      name="Camille"
      led={undefined}
      address={{ url: RANDOM, isChosen: false }}
      former={undefined}
      views={[]}
      blocks={[]}
      ticked={[]}
      agreed={['annuaire.example']}
      gaps={['name', 'territory', 'adult', 'approval', 'mail', 'alias']}
      isPublished={false}
      seen="abc"
      messages={[]}
    />
  ),
  'own profile, published': (
    <OwnFacilitatorPage
      {...own}
      facilitator={wicked}
      hosts={['annuaire.example', 'autre.example']}
      nextEmail="nouvelle@mail.example"
      mayConfirm
      otherLinks={2}
      mailWorks
      hasDraft
      done="claimed"
      mandates={[
        { uri: MANDATE, territory: EVIL, host: EVIL, isTied: true },
        { uri: MANDATE, territory: EVIL, host: EVIL, isTied: false },
      ]}
      claim={{ typed: EVIL, messages: [{ name: 'mandate', message: EVIL }] }}
      consents={[
        {
          ...{ field: 'name', level: 'public', text: EVIL, lang: 'fr' },
          ...{ isByHandedLink: true, at: hoursAgo(30), endedAt: hoursAgo(2) },
        },
        {
          ...{ field: 'photo', level: 'network', text: EVIL, lang: 'fr' },
          ...{ isByHandedLink: false, at: hoursAgo(2), endedAt: undefined },
        },
      ]}
    />
  ),
  'own profile, written by who asked': (
    <OwnFacilitatorPage
      {...own}
      facilitator={aFacilitator({ state: 'draft', approvedAt: undefined })}
      hosts={[]}
      nextEmail={undefined}
      mayConfirm={false}
      otherLinks={0}
      mailWorks={false}
      hasDraft
      mandates={[]}
      claim={{ typed: '', messages: [] }}
      consents={[]}
    />
  ),
  'own profile, all that is held': (
    <OwnDataPage
      {...own}
      data={{ profile: { name: EVIL, formats: [EVIL], photo: null }, consents: [{ text: EVIL }] }}
      consents={[
        {
          ...{ field: 'name', level: 'public', text: EVIL, lang: 'fr' },
          ...{ isByHandedLink: true, at: NOW, endedAt: undefined },
        },
      ]}
    />
  ),
  'a profile that the team withdraws': (
    <EraseFacilitatorPage
      site={NODE}
      session={SESSION}
      id="1"
      name={EVIL}
      isRefusal={false}
      reason=""
      notice="mailed"
    />
  ),
  'a profile that the team withdraws, to be told by hand': (
    <EraseFacilitatorPage
      {...{ site: NODE, session: SESSION, id: '1', name: EVIL }}
      isRefusal={false}
      reason=""
      notice="handed"
    />
  ),
  'a profile that the team withdraws, of nobody to tell': (
    <EraseFacilitatorPage
      {...{ site: NODE, session: SESSION, id: '1', name: EVIL }}
      isRefusal={false}
      reason=""
      notice="none"
    />
  ),
  'a request that the team refuses': (
    <EraseFacilitatorPage
      {...{ site: NODE, session: SESSION, id: '1', name: EVIL, isRefusal: true }}
      reason=""
      notice="mailed"
    />
  ),
  'withdrawing, asked first': <WithdrawPage {...own} />,
  withdrawn: (
    <WithdrawalPage
      site={NODE}
      servers={(['waiting', 'delivered', 'confirmed', 'unanswered', 'refused'] as const).map(
        (state) => ({
          host: `${state}.example`,
          state,
          at: hoursAgo(1),
        }),
      )}
    />
  ),
  'withdrawn before it was shown': <WithdrawalPage site={NODE} servers={undefined} />,
  'people at the administration': (
    <AdminFacilitatorsPage
      site={NODE}
      groups={[{ kind: 'day', name: '2026-11-27', total: 12 }]}
      withdrawn={[
        {
          ...{ at: hoursAgo(2), who: EVIL, act: 'profile-withdrawn', title: '' },
          ...{ territory: '', reason: EVIL },
        },
      ]}
      session={SESSION}
      mailWorks
      people={(['invited', 'draft', 'published', 'unpublished', 'expired'] as const).map(
        (state) => ({
          ...{ id: state, name: EVIL, email: 'camille@canal.example', state },
          isApproved: state !== 'draft',
          level: 'network',
          until: state === 'published' ? '25 novembre 2027' : undefined,
          isByHandedLink: state === 'published',
          href: state === 'published' ? '/animation/camille-r' : undefined,
        }),
      )}
      values={{ name: EVIL }}
      problems={['nameMissing', 'emailWrong']}
    />
  ),
  'a link on paper': (
    <PaperFacilitatorPage
      site={NODE}
      session={SESSION}
      link="https://canal.example/animation/moi/abcde-fghjk-mnpqr"
    />
  ),
}
