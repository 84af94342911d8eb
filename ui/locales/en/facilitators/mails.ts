import { CONSENT_DAYS, RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInEnglish } from '../../durations.ts'
import type { facilitatorAdminFr, facilitatorMailsFr } from '../../fr/facilitators/mails.ts'
import { sentenceCase } from '../../typography.ts'
import { OWN_LINK, YEAR } from './terms.ts'

/** The texts about facilitators for the team, and the mails to facilitators. */
export const facilitatorAdminEn: typeof facilitatorAdminFr = {
  title: 'Facilitators',
  lead: 'The people who lead your cafés. Each writes their own profile and chooses what is published; you cannot do it for them.',
  none: 'Nobody for now.',
  requests: 'Requests to look at',
  people: 'People',
  col: { name: 'Name', state: 'Profile', sight: 'Seen by', actions: 'What to do' },
  states: {
    invited: 'Invitation sent',
    draft: 'Written, not published',
    published: 'Published',
    unpublished: 'Taken out of sight',
    expired: 'Consent has run out',
    hidden: 'Hidden',
  },
  until: (until) => `until ${until}`,
  handed: 'Consent given by a link that the team handed over, with no proof by mail',
  answer: 'Answer',
  accept: 'Accept',
  acceptTitle: (name) => `Accept ${name}?`,
  acceptEffects: (email) =>
    `The request comes from ${email}: this address was proven by a link.\nThe person gets an e-mail, and then publishes the profile.\nThe profile is shown among the people who lead cafés here, and in the directories that they choose.\nYou can withdraw it, with a reason.`,
  refuse: 'Refuse',
  withdraw: 'Withdraw the invitation',
  erase: 'Withdraw for them',
  refusal: {
    title: (name) => `Refuse the request of ${name}?`,
    lead: 'The person asked to be among those who lead cafés.',
    effects: `Their request, what they wrote and their address are erased here at once.\nYour name, the date and the reason stay ${daysInEnglish(RETENTION_DAYS.journal)} in the journal, without their name. They may ask again.`,
    submit: 'Refuse and erase this request',
  },
  erasure: {
    title: (name) => `Withdraw the profile of ${name} on their behalf`,
    lead: 'For somebody who asks for it and has lost their mailbox, who wrote to be erased (article 17 of the GDPR), or whom an impostor has entered.',
    effects: `Their profile, photo, consents and address are erased here at once, and directories are told.\nYour name, the date and the reason stay in the journal for ${daysInEnglish(RETENTION_DAYS.journal)}, without their name. This cannot be undone.`,
    submit: 'Withdraw and erase this profile',
  },
  eraseReason: 'The reason',
  eraseNotice: {
    mailed: 'The person gets an e-mail with the reason that you give.',
    handed:
      'This site sends no e-mails: the message with the reason is to be handed to the person, from “E-mails”.',
    none: 'The person gave no address: this site cannot tell them.',
  },
  eraseReasonHint: 'For the person and for the journal. Put no name in it.',
  eraseReasonWrong: 'Say why, in 300 characters at most.',
  journal: 'Profiles that the team withdrew',
  nameless: 'Without a name',
  invite: 'Invite somebody',
  inviteLead: 'They get a link, without an account to make. They must be 18 or older.',
  name: 'Their name',
  nameHint: 'For you to find your way. They choose themselves what is published.',
  email: 'Their e-mail address',
  emailHint: 'For an invitation by e-mail.',
  byMail: 'Invite by e-mail',
  onPaper: 'Make a link on paper',
  nameMissing: 'Give a name, to find your way.',
  nameTooLong: 'This name is too long: 80 characters at most.',
  emailWrong: 'This e-mail address is incomplete.',
  tooMany: 'Too many invitations wait already. Withdraw some.',
  paperTitle: 'A link to hand over in person',
  paperLead: (site) => `${site} invites you to publish your facilitator profile.`,
  paperOnce: 'This link is shown only once: print this page or copy it.',
  paperUntil: `It stops working when it is not opened for ${OWN_LINK}. Whoever has it can write the profile: hand it to the right person.`,
  back: 'Back to the list',
  attached: 'Led by',
  attachedHint:
    'Each person is asked by mail. Without an answer their name is written without a link; after a no it is not there. It is not in what is sent elsewhere.',
}

export const facilitatorMailsEn: typeof facilitatorMailsFr = {
  invitationSubject: (site) => `${site} invites you to publish your facilitator profile`,
  invitation: (site, link) =>
    `Hello,\n\n${site} invites you to appear among the people who lead Café IA conversations.\n\nYour link, without an account to make:\n${link}\n\nYou choose what is published. Nothing is before you agree, and you can withdraw everything at any time by the same link. One must be 18 or older.\n\nThis e-mail is not for you? Do nothing: all is erased within ${daysInEnglish(CONSENT_DAYS.unconfirmed)}.`,
  linkSubject: (site) => `Your link to your facilitator profile, ${site}`,
  link: (site, link) =>
    `Hello,\n\nYour link to write, change or withdraw your facilitator profile at ${site}:\n${link}\n\nKeep it to yourself. It ends the links before it, and works as long as you open it at least once in ${OWN_LINK}. You asked for nothing? Do nothing.`,
  approvedSubject: (site) => `${site} has accepted your request`,
  approved: (site, link) =>
    `Hello,\n\nThe team of ${site} has accepted your request. What remains is to read your profile again and to agree:\n${link}`,
  renewSubject: 'Your facilitator profile: still in agreement?',
  renew: (site, until, link) =>
    `Hello,\n\nYour facilitator profile at ${site} is published until ${until}. Without a new consent it is taken down that day.\n\nTo keep it another year, change it or erase everything:\n${link}`,
  refusedSubject: (site) => `${site} did not accept your request`,
  refused: (site, reason) =>
    `Hello,\n\nYou asked to be among the people who lead AI cafés. The team of ${site} did not accept your request. The reason given:\n${reason}\n\nWhat you had written is erased, and so is your address once this mail has left. You may ask again, or write to the team.`,
  removedSubject: (site) => `${site} has withdrawn your facilitator profile`,
  removed: (site, reason) =>
    `Hello,\n\nThe team of ${site} has withdrawn and erased your facilitator profile. The reason given:\n${reason}\n\nDirectories and other sites that had received it are told. Your address is erased here as soon as this e-mail has left.\n\nThat is not what you wanted? Write to the team: you can make a new profile whenever you like.`,
  addressSubject: (site) => `The address of your facilitator profile has changed, ${site}`,
  address: (site) =>
    `Hello,\n\nThe facilitator profile that had this address at ${site} now has another. Links that were sent here no longer work.\n\nThat was not you? Write to the team of ${site} without delay: it can withdraw the profile.`,
  directoriesSubject: (site) => `${site} has joined a directory: do you want to appear there?`,
  directories: (site, hosts, link) =>
    `Hello,\n\n${site} is now a member of: ${hosts}. Your facilitator profile is not there, and does not go there without your consent.\n\nTo read what it would mean, and to say yes if you like:\n${link}\n\nYou would rather not? There is nothing to do.`,
  namedSubject: (site) => `${site}: a café names you`,
  named: (site, list, link) =>
    `Hello,\n\nThe team of ${site} names you as the person who leads:\n\n${list}\n\nWithout your yes, your name stands there without a link and without a portrait, and your account announces nothing of it. Say yes or no, for one café or for all of this place:\n${link}`,
  expiredSubject: 'Your facilitator profile is no longer published',
  expired: (site, link) =>
    `Hello,\n\n${sentenceCase(YEAR)} has passed without a new consent: your profile is no longer published at ${site}, and directories erase it.\n\nTo publish it again, or erase everything:\n${link}`,
  notHandedOnSubject: 'Your message could not be delivered',
  somebody: 'the person whom you wrote to',
  notHandedOn: (person, site) =>
    `Hello,\n\nA message left with your address for ${person} could not be delivered: too many messages are coming in, the mailbox does not answer, or this person cannot be reached in this way. You may try again tomorrow, or write to the team of the site. The same may be true of other messages of today: we write once only.\n\nIf you wrote to nobody, please ignore this e-mail.\n\n${site}`,
  relaySubject: (name, site) => `${name} writes to you through ${site}`,
  relay: (message, name, email, site) =>
    `${message}\n\n${name}\n${email}\n\n(This message comes from the form of your profile at ${site}. By answering you give your address to this person.)`,
}
