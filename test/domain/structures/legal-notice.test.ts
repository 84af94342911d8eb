import { describe, expect, test } from 'vitest'
import {
  decideSettings,
  findPublishingGaps,
  LEGAL_MINIMUM,
  NO_LEGAL_NOTICE,
} from '../../../node/domain/structures/legal-notice.ts'
import {
  decideStructureProfile,
  type StructureProfile,
} from '../../../node/domain/structures/structure-profile.ts'

const TODAY = Temporal.PlainDate.from('2026-11-25')
const NOTHING = { dataContactIsDpo: false, accessibility: 'none' }
const PUBLIC = { origin: 'https://cafes.mediatheque.example' }

function profileOf(body: Record<string, unknown>): StructureProfile {
  const { profile } = decideStructureProfile(
    { name: 'Médiathèque', links: [], ...body },
    { place: { address: undefined }, renderMarkdown: (text) => text },
  )
  if (!profile) throw new Error('not a profile')
  return profile
}

const filled = Object.fromEntries(LEGAL_MINIMUM.map((field) => [field, '02 99 00 00 00']))

describe('before cafés are shown to the public', () => {
  test('the law wants to know who speaks, who hosts and who answers', () => {
    const missing = findPublishingGaps({ profile: profileOf({}), legal: NO_LEGAL_NOTICE }, PUBLIC)
    expect(missing).toEqual(['contact', ...LEGAL_MINIMUM])
  })

  test('nothing is missing once all is said', () => {
    const { settings } = decideSettings({ ...NOTHING, ...filled }, TODAY)
    const legal = settings?.legal ?? NO_LEGAL_NOTICE
    const profile = profileOf({ email: 'bonjour@mediatheque.example' })
    expect(findPublishingGaps({ profile, legal }, PUBLIC)).toEqual([])
    expect(
      findPublishingGaps({ profile, legal: { ...legal, hostPhone: undefined } }, PUBLIC),
    ).toEqual(['hostPhone'])
  })

  test.each([
    'http://127.0.0.1:4000',
    'http://localhost:3000',
    'https://localhost',
    'https://[::1]',
  ])('nothing is asked of %s, which the public cannot reach', (origin) => {
    const site = { profile: profileOf({}), legal: NO_LEGAL_NOTICE }
    expect(findPublishingGaps(site, { origin })).toEqual([])
  })
})

describe('settings', () => {
  test.each(['partial', 'full'])(
    'a site is not called accessible (%s) without an audit',
    (state) => {
      const { problems } = decideSettings({ ...NOTHING, accessibility: state }, TODAY)
      expect(problems).toEqual([{ field: 'auditedOn', code: 'audit_required' }])
      const { settings } = decideSettings(
        { ...NOTHING, accessibility: state, auditedOn: '2026-10-01', auditRate: '100 %' },
        TODAY,
      )
      expect(settings?.legal).toMatchObject({ accessibility: state, auditRate: 100 })
      expect(settings?.legal.auditedOn?.toString()).toBe('2026-10-01')
    },
  )

  test.each([
    ['partial', '49,9', '50'],
    ['full', '99,5', '100'],
  ])('a site is not called accessible (%s) with %s %% of the criteria', (state, rate, needed) => {
    const audited = { ...NOTHING, accessibility: state, auditedOn: '2026-10-01' }
    const { problems } = decideSettings({ ...audited, auditRate: rate }, TODAY)
    expect(problems).toEqual([{ field: 'auditRate', code: 'rate_too_low', detail: needed }])
    expect(decideSettings({ ...audited, auditRate: needed }, TODAY).settings?.legal).toMatchObject({
      accessibility: state,
      auditRate: Number(needed),
    })
  })

  test('an audit of tomorrow did not happen', () => {
    const { problems } = decideSettings({ ...NOTHING, auditedOn: '2026-11-26' }, TODAY)
    expect(problems).toEqual([{ field: 'auditedOn', code: 'in_the_future' }])
  })

  test('a pale colour is refused with its ratio, rounded down', () => {
    const { problems } = decideSettings({ ...NOTHING, themeColour: '#e0a12a' }, TODAY)
    expect(problems).toEqual([{ field: 'themeColour', code: 'too_pale', detail: '2.1' }])
    expect(decideSettings({ ...NOTHING, themeColour: '#7a2a6a' }, TODAY).problems).toBeUndefined()
  })

  test('all that is wrong is said at once', () => {
    const { problems } = decideSettings(
      {
        ...NOTHING,
        legalPhone: 'demandez Camille',
        auditedOn: '2026-02-30',
        auditRate: 'presque tous',
        themeColour: 'vert bouteille',
        sourceUrl: 'javascript:alert(1)',
        accessibility: 'perfect',
      },
      TODAY,
    )
    expect(problems?.map(({ field, code }) => [field, code])).toEqual([
      ['legalPhone', 'invalid'],
      ['accessibility', 'invalid'],
      ['auditedOn', 'not_a_date'],
      ['auditRate', 'number_out_of_range'],
      ['themeColour', 'invalid'],
      ['sourceUrl', 'not_an_url'],
    ])
  })
})

describe('a profile', () => {
  const decide = (body: Record<string, unknown>) =>
    decideStructureProfile(
      { name: 'Médiathèque', links: [], ...body },
      { place: { address: undefined }, renderMarkdown: (text) => `<p>${text}</p>` },
    )

  test('is kept as it was written, without what nobody wrote', () => {
    expect(
      profileOf({
        kind: 'BIB',
        siret: '130 026 032 00016',
        rna: ' w751234567 ',
        phone: '02 99 12 34 56',
        email: '',
        links: ['https://mastodon.example/@canal', '', 'https://mastodon.example/@canal'],
      }),
    ).toMatchObject({
      kind: 'BIB',
      siret: '13002603200016',
      rna: 'W751234567',
      phone: '02 99 12 34 56',
      email: undefined,
      links: ['https://mastodon.example/@canal'],
      presentationHtml: '',
    })
  })

  test.each([
    [{ name: ' ' }, 'name', 'required'],
    [{ name: 'a'.repeat(101) }, 'name', 'too_long'],
    [{ kind: 'CHATEAU' }, 'kind', 'invalid'],
    [{ siret: '13002603200017' }, 'siret', 'invalid'],
    [{ rna: '751234567' }, 'rna', 'invalid'],
    [{ phone: 'demandez' }, 'phone', 'invalid'],
    [{ email: 'camille' }, 'email', 'invalid'],
    [{ website: 'javascript:alert(1)' }, 'website', 'not_an_url'],
    [{ links: ['@canal'] }, 'links', 'not_an_url'],
    [{ presentationMarkdown: 'a'.repeat(1001) }, 'presentationMarkdown', 'too_long'],
  ])('%j is refused', (body, field, code) => {
    expect(decide(body).problems).toMatchObject([{ field, code }])
  })
})
