import { plural } from '../../../../node/domain/values/number-text.ts'
import type { facilitatorFr } from '../../fr/facilitators/facilitators.ts'
import { facilitatorAdminEn, facilitatorMailsEn } from './mails.ts'
import {
  ownProfileConsentEn,
  ownProfileDataEn,
  ownProfileEn,
  ownProfileFormEn,
  ownProfilePreviewEn,
  ownProfileWithdrawalEn,
} from './own.ts'

export const facilitatorEn: typeof facilitatorFr = {
  title: 'People who lead cafés',
  menu: 'Facilitators',
  menuShort: 'Lead one',
  lead: 'People who lead Café IA conversations, and who agreed to appear here.',
  none: 'Nobody has published a profile here yet.',
  count: (n) => plural(n, 'person', 'people', 'en'),
  word: {
    animatrice: 'Facilitator (she)',
    animateur: 'Facilitator (he)',
    neutre: 'Leads Café IA conversations',
  },
  role: {
    animatrice: 'Leads Café IA conversations',
    animateur: 'Leads Café IA conversations',
    neutre: 'Leads Café IA conversations',
  },
  statuses: {
    'conseiller-numerique': 'Digital adviser',
    mediateur: 'Digital mediator',
    benevole: 'Volunteer',
    agent: 'Public service staff',
    autre: 'Other',
  },
  trainings: {
    none: 'No training yet',
    enrolled: 'Enrolled in training',
    'in-progress': 'In training',
    trained: 'Trained',
  },
  trainedSince: (month) => `Trained in ${month}`,
  radius: {
    around: (km) => `travels up to ${km} km around`,
    within: 'stays within this territory',
  },
  facts: {
    formats: 'Formats offered',
    themes: 'Topics',
    languages: 'Languages spoken',
    status: 'Occupation',
    training: 'Training',
    availability: 'Availability',
    contact: 'How to reach',
    led: 'Cafés led so far',
  },
  led: (n, month) => `${plural(n, 'café', 'cafés', 'en')} since ${month}`,
  meet: { animatrice: 'Meet her', animateur: 'Meet him', neutre: 'Cafés to come' },
  ledBy: 'Led by',
  shownBy: (site) => `This profile is published by ${site}, with the person’s consent.`,
  ownLink: 'Is this your profile? Change or withdraw it',
  gone: {
    title: 'This profile is no longer here',
    lead: 'Nothing of it is kept at this address.',
  },
  write: {
    title: (name) => `Write to ${name}`,
    lead: 'Your message leaves by e-mail. The person’s address stays hidden; they will see yours, to answer you.',
    leadNoMail: (site) =>
      `This site sends no e-mail: the team of ${site} will hand over your message. The person will see your address, to answer you.`,
    name: 'Your name',
    structure: 'Your organisation',
    email: 'Your e-mail address',
    message: 'Your message',
    messageHint: 'The date, the place, the public: what helps to answer you.',
    submit: 'Send',
    sentTitle: 'Message on its way',
    sent: 'The person will answer you directly, if they wish to. If the message cannot be handed over, we try to tell you by e-mail. Without an answer, write to the team of the site by the “Contact” page.',
    toTeamTitle: 'Message given to the team',
    toTeam: (site) =>
      `This site sends no e-mail: the team of ${site} will hand over your message. The person will answer you directly, if they wish to.`,
    tooMany:
      'Too many messages come from your network, and yours has not left. Wait an hour, or write to the team of the site by the page “Contact”.',
    full: 'This person has already had many messages today, and yours has not left. Try again tomorrow, or write to the team of the site by the page “Contact”.',
    back: 'Back to the profile',
  },
  ask: {
    title: 'Ask to appear here',
    lead: (site) =>
      `Do you lead Café IA conversations near here? Fill in your profile in four minutes. The team of ${site} answers you before it is published.`,
    name: 'Your name, or a pseudonym',
    email: 'Your own e-mail address',
    emailHint: 'It is never published. It is used to send you your link.',
    submit: 'Get my link',
    trap: 'Leave this field empty',
    full: 'Too many requests already wait for our team, and yours could not be added. Try again in a few days, or write to us on the page « Contact »: somebody whom the team invites does not wait.',
    tooMany: 'Too many requests come from your network. Wait an hour, then try again.',
    sentTitle: 'Look at your e-mail',
    sent: 'A link awaits you, for you alone. Open it to fill in your profile.',
    sentNoMail: (site) => `This site sends no e-mail: the team of ${site} will give you your link.`,
  },
  link: {
    title: 'Change or withdraw my profile',
    lead: 'Your profile opens by a link, without an account. You no longer have it? We send you another.',
    submit: 'Get a new link',
    sent: 'If a profile has this address, a link has just left for it.',
  },
  own: ownProfileEn,
  mandates: {
    title: 'Local referent of a territory',
    add: 'Tie my profile to my mandate',
    lead: 'Has a directory given you a territory? Your profile and your mandate can show each other. Say so here, then on the page of your mandate.',
    label: 'Address of your mandate',
    hint: 'On the page of your mandate, which you open by the link that the directory sent you.',
    submit: 'This mandate is mine',
    of: (territory, host) => `${territory}, directory ${host}`,
    tied: 'The directory shows your profile with this mandate.',
    waits:
      'The directory does not show your profile yet: say yes on the page of your mandate. If the mandate is over, take it away here.',
    drop: 'Name this mandate no more',
    wrong: {
      address:
        'This is not the address of a mandate. Copy all of it from the page of your mandate.',
      directory: (host) =>
        `Your profile is not in the directory ${host}. Agree to be in it first, further up on this page.`,
      notPublic: 'Publish your profile for everybody first.',
      full: 'Your profile names five mandates already. Take one away first.',
    },
  },
  ownData: ownProfileDataEn,
  levels: {
    public: 'Everybody',
    network: 'Organisations of the network',
    nobody: 'Nobody',
  },
  levelsMean: {
    public: 'Everybody: on this site, in the directory, and by search engines',
    network:
      'Organisations of the network: the teams of the directory’s member sites, nothing on public pages',
    nobody: 'Nobody: only the team of this site sees my profile',
  },
  form: ownProfileFormEn,
  preview: ownProfilePreviewEn,
  consent: ownProfileConsentEn,
  withdraw: ownProfileWithdrawalEn,
  admin: facilitatorAdminEn,
  mails: facilitatorMailsEn,
}
