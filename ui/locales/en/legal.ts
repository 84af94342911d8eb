import type { AccessibilityState, LegalGap } from '../../../node/domain/structures/legal-notice.ts'
import type { legalFr } from '../fr/legal.ts'

const stateWords: Record<AccessibilityState, string> = {
  none: 'not compliant',
  partial: 'partly compliant',
  full: 'fully compliant',
}

function why({ state, isAudited }: { state: AccessibilityState; isAudited: boolean }): string {
  if (state === 'full') return ''
  return isAudited
    ? ', because of the failures listed below'
    : ', because there is no audit that still counts'
}

const gaps: Record<LegalGap, string> = {
  contact: 'a phone number or an e-mail address for the public',
  legalName: 'the official name of your organisation',
  legalAddress: 'the address of its registered office',
  legalPhone: 'its phone number',
  publicationDirector: 'the name of the person responsible for publication',
  hostName: 'the name of the hosting provider',
  hostAddress: 'the address of the hosting provider',
  hostPhone: 'the phone number of the hosting provider',
  dataContact: 'whom to ask about personal data',
}

const PHONE = 'Give a phone number, for example 02 99 00 00 00.'

export const legalEn: typeof legalFr = {
  authority: 'This page is a translation. Only the French version is authoritative:',
  authorityLink: 'read it in French',
  footer: {
    accessibility: (state) => `Accessibility: ${stateWords[state]}`,
    personalData: 'Personal data',
    legalNotice: 'Legal notice',
    contact: 'Contact',
    source: 'Source code',
  },
  toComplete: 'To be completed by the team of this site.',
  notice: {
    title: 'Legal notice',
    publisher: 'Who publishes this site',
    director: 'Director of publication',
    host: 'Who hosts it',
    name: 'Name',
    address: 'Address',
    seat: 'Registered office',
    phone: 'Phone',
    email: 'E-mail',
    siret: 'SIRET',
    rna: 'RNA',
    reuse: 'What you may reuse',
    texts:
      'The texts of the cafés: Creative Commons licence BY-SA 4.0. Name the place that wrote them.',
    data: 'The data of the cafés (titles, dates, places): Licence Ouverte 2.0.',
    photos: 'The photos: ask the person who is credited.',
    report: 'Flag content',
    reportText:
      'Does a text or an image on this site seem illegal to you, or wrong? Report it: you will read the decision and its reasons, and you can ask for another look.',
    others:
      'The cafés of other places are published by them, under their own responsibility. We remove them from here if we are told that they are illegal.',
  },
  accessibility: {
    title: 'Accessibility statement',
    commitment: (name) =>
      `${name} undertakes to make its websites accessible, in accordance with article 47 of French law no. 2005-102 of 11 February 2005.`,
    strategy: 'To this end, the following strategy and actions are carried out:',
    plan: 'Multi-year accessibility plan',
    actions: 'This year’s action plan',
    noPlan: 'No multi-year accessibility plan is published for now.',
    applies: (origin) => `This accessibility statement applies to ${origin}.`,
    state: 'State of compliance',
    stateText: ({ name, state, isAudited }) =>
      `The website “${name}” is ${stateWords[state]} with the French general accessibility framework (RGAA), version 4.1${why({ state, isAudited })}.`,
    results: 'Test results',
    noAudit: 'No compliance audit has been carried out yet.',
    audit: (day, by) => `The compliance audit was carried out on ${day}${by ? ` by ${by}` : ''}.`,
    rate: (rate) => `${rate}% of the RGAA criteria are met.`,
    expired:
      'This audit is more than three years old: it no longer counts, and must be done again.',
    gaps: 'Content that is not accessible',
    nonConformities: 'Failures',
    gapsUnknown:
      'Without an audit, we cannot list them. The software is checked with automatic tools, which see only some of the faults.',
    gapsNone: 'The audit found none.',
    gapsUnlisted: 'The team of the site has not listed them yet. Ask for them on the Contact page.',
    burden: 'Exemptions for disproportionate burden',
    exempt: 'Content to which the obligation does not apply',
    exemptText: 'The pages on other sites to which our links lead.',
    none: 'None.',
    established: 'Establishment of this accessibility statement',
    establishedOn: (day) => `This statement was established on ${day}.`,
    notEstablished: 'The team of the site has not reviewed this statement yet.',
    technologies: 'Technologies used to build the site',
    technologiesText: 'HTML5, CSS, SVG and JavaScript, which no page needs.',
    environment: 'Test environment',
    environmentText:
      'Chromium, with the keyboard alone, without JavaScript, at a width of 320 pixels and in dark mode.',
    tools: 'Tools used to assess accessibility',
    toolsText: 'axe-core and html-validate, on each type of page.',
    pages: 'Pages of the site that were checked for compliance',
    pagesText:
      'Automatic checks: home, list of cafés, page of a café, search, sign-in, legal notice, personal data, accessibility, contact, error pages, administration.',
    feedback: 'Feedback and contact',
    feedbackText: (name) =>
      `If you cannot access content or a service, you can contact the person in charge of the website “${name}” to be directed to an accessible alternative or to get the content in another form.`,
    writeTo: 'Write to:',
    contactPage: 'See the Contact page',
    remedy: 'Remedies',
    remedyText:
      'Use this procedure in the following case: you have told the person in charge of the website of an accessibility fault that prevents you from accessing content or one of the services of the portal, and you have not received a satisfactory answer.',
    remedyWays: 'You can:',
    defenderForm: 'write a message to the Defender of Rights (Défenseur des droits)',
    defenderDelegate: 'contact the delegate of the Defender of Rights in your region',
    defenderPost:
      'send a letter by post (free of charge, no stamp needed): Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.',
  },
  contact: {
    title: 'Contact',
    lead: (name) => `For a question about a café, write to or phone ${name}.`,
    forCafe:
      'A café in the directory is organised by a place: its phone number is on the café’s page.',
    other: 'For anything else',
    accessibility: 'Report an accessibility fault',
    data: 'Ask about your personal data',
    report: 'Report illegal content',
  },
  source: {
    title: 'Source code',
    lead: (version) =>
      `This site runs on Cafés IA ${version}, free software under the GNU Affero General Public License, version 3 or later.`,
    right:
      'This licence gives you the right to receive the source code of the version that runs here, with its changes if there are any.',
    at: 'The source code is at this address:',
    ask: 'Ask the team of this site for it, on the Contact page: they must give it to you free of charge.',
  },
  missing: {
    gaps,
  },
  settings: {
    title: 'Settings of the site',
    lead: 'These answers fill in the legal notice and the other mandatory pages, at the foot of each page.',
    groups: {
      publisher: 'Who publishes the site',
      host: 'Who hosts it',
      data: 'Personal data',
      accessibility: 'Accessibility',
      look: 'Colour',
      source: 'Source code',
    },
    labels: {
      legalName: 'Official name of the organisation',
      legalAddress: 'Address of the registered office',
      legalPhone: 'Phone number of the organisation',
      publicationDirector: 'Director of publication',
      hostName: 'Name of the hosting provider',
      hostAddress: 'Address of the hosting provider',
      hostPhone: 'Phone number of the hosting provider',
      dataContact: 'Whom to ask about personal data',
      dataContactIsDpo: 'This person',
      legalBasis: 'Your organisation is',
      accessibility: 'The site is',
      auditedOn: 'Date of the audit',
      auditedBy: 'Who carried it out',
      auditRate: 'Criteria met, in %',
      accessibilityGaps: 'What is not accessible yet',
      accessibilityContact: 'To whom to report a fault',
      accessibilityPlan: 'Address of the multi-year accessibility plan',
      accessibilityActions: 'Address of this year’s action plan',
      themeColour: 'Colour of links and buttons',
      sourceUrl: 'Address of the source code',
    },
    hints: {
      legalName: 'The registered name: association, town, company…',
      legalAddress: 'Street, postcode, town.',
      publicationDirector: 'Usually the president or the mayor.',
      hostName: 'The company or service that runs the machine. Your organisation, if it does so.',
      dataContact:
        'A name and an e-mail address, which everybody can read on the page “Personal data”.',
      legalBasis:
        'The page “Personal data” says it: legitimate interest, or task in the public interest.',
      accessibility:
        'Only an audit less than three years old lets you write anything but “not compliant”: “partly” from 50% of the criteria, “fully” at 100%.',
      auditedOn: 'An audit is valid for three years.',
      accessibilityGaps: 'One fault per line, as the audit report names them.',
      accessibilityPlan: 'Needed for a public service. For example: www.example.org/plan',
      accessibilityActions: 'For example: www.example.org/actions',
      accessibilityContact:
        'An e-mail address, or a page with a form. Without an answer, the Contact page is used.',
      themeColour: 'A code such as #0b6355. Without an answer, the green of the software.',
      sourceUrl:
        'If you have changed the software, the address of your version. If not, the one it was installed from.',
    },
    hostIsUs: 'We host it ourselves',
    bases: {
      interest: 'An association, a company, a person',
      task: 'A public body: town hall, library, school, public establishment',
    },
    dpo: 'is our data protection officer (DPO)',
    states: stateWords,
    save: 'Save',
    saveAndGo: 'Save and continue',
    wrong: {
      'legalPhone.invalid': PHONE,
      'hostPhone.invalid': PHONE,
      'auditedOn.audit_required':
        'Give the date of the audit. Without an audit, the site is “not compliant”, even if it is well made.',
      'auditedOn.in_the_future': 'This date has not come yet.',
      'auditRate.number_out_of_range': 'Give a number from 0 to 100.',
      'accessibilityContact.invalid':
        'Give an e-mail address, or that of a page, for example www.example.org',
      'themeColour.invalid': 'A colour is written with # and six characters, for example #0b6355.',
    },
    rateTooLow: (min) => `This answer to “The site is” takes at least ${min}% of the criteria.`,
    tooPale: (ratio) =>
      `This colour is too light: its contrast is ${ratio} to 1, and it must be at least 4.5 for everyone to read it.`,
  },
}
