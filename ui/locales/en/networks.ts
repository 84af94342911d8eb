import { LINK_MINUTES } from '../../../node/domain/values/link.ts'
import { minutesInEnglish } from '../durations.ts'
import type { structureNetworksFr } from '../fr/networks.ts'
import { departementsText } from './departements.ts'

const structures = (total: number): string =>
  total === 0 ? 'no organisation' : total === 1 ? '1 organisation' : `${total} organisations`
const cafes = (total: number): string =>
  total === 0 ? 'no café to come' : total === 1 ? '1 café to come' : `${total} cafés to come`

export const structureNetworksEn: typeof structureNetworksFr = {
  list: {
    title: 'Networks',
    lead: 'Organisations that know each other: a federation of libraries, the offices of a public service, the places of an association. Each network has its page, its map and its account to follow.',
    none: 'No network has been declared here yet.',
    more: 'More networks',
    counts: (members, toCome) => `${structures(members)}, ${cafes(toCome)}`,
    join: 'Is your organisation part of a network? Ask for it in your administration, on the page "Partner networks".',
  },
  page: {
    title: (name) => `The network ${name}`,
    kicker: 'Network',
    description: (name) => `The Cafés IA and the organisations of the network ${name}.`,
    counts: (members, toCome) => `${structures(members)}, ${cafes(toCome)}.`,
    structures: (members) => `${structures(members)}.`,
    toCome: 'Cafés to come',
    noneToCome: 'No café to come for the time being.',
    more: 'See all cafés of the network',
    map: 'Where the organisations are',
    mapLead:
      'The darker a département, the more cafés the network announces there. A point: a town where organisations are.',
    members: 'The organisations of the network',
    noMember: 'No organisation is part of it yet.',
    nextMembers: 'Next organisations',
    point: (names, commune) => `${commune}: ${structures(names)}`,
    statistics: 'The figures of the network',
    noFigures: 'No organisation of the network has announced a café yet.',
    held: (n) => (n === 1 ? 'café held' : 'cafés held'),
    coming: (n) => (n === 1 ? 'café to come' : 'cafés to come'),
    active: (n) => (n === 1 ? 'organisation active for a year' : 'organisations active for a year'),
    departements: departementsText,
    csv: 'These figures, month by month (CSV)',
    about: 'About',
    website: 'Web site',
    declaredAt: 'This network is declared at',
    follow: 'Follow this network',
    followHow:
      'From Mastodon and compatible networks, search for this address: each café of the network is announced there once, with its changes.',
    followOwn: 'Follow from my account',
    files: 'The cafés of the network as files',
    calendar: 'Subscribe to the calendar',
    spreadsheet: 'Table of the cafés',
    otherFiles: 'Other formats',
    feed: 'Feed reader',
    join: 'Is your organisation part of it?',
    joinHow:
      'In your administration, on the page "Partner networks", give this address. The network answers, and you can leave it whenever you like.',
  },
  closed: {
    title: 'This network is closed',
    text: 'It no longer exists. The structures that belonged to it and their cafés are still here.',
  },
  belongs: 'Part of',
  chip: (name) => `Network ${name}`,
  ofNetwork: (name) => `of the network ${name}`,
  admin: {
    nav: 'Partner networks',
    answersRead: 'I have read them',
    title: 'Partner networks',
    lead: 'A network brings organisations together: a federation, a public service, an association. Being part of one is decided by both, and either can end it.',
    mine: 'The networks of your organisation',
    none: 'Your organisation is part of no network.',
    name: 'Network',
    structure: 'Organisation',
    state: 'Where it stands',
    actions: 'Actions',
    on: (name) => `: ${name}`,
    askLead:
      'Give the address of the page of the network. The next step says what will be public, before anything is sent.',
    askLabel: 'Address of the page of the network',
    askHint: 'For example https://annuaire.example/reseaux/federation-des-mediatheques',
    askSubmit: 'Continue',
    askDirectory: 'See the networks of the directory',
    wrong: {
      required: 'Give the address of the page of the network.',
      structureRequired: 'Give the address of the site of the organisation.',
      member: 'This organisation is part of the network already.',
      email: 'Give a complete e-mail address.',
      tooMany: 'Twenty people follow this network already: remove one first.',
      ended: 'This network no longer exists.',
    },
    own: 'The networks that you run',
    ownNone: 'You run none.',
    ownCounts: (members, waiting) =>
      waiting === 0
        ? structures(members)
        : `${structures(members)}, ${waiting === 1 ? '1 request waits' : `${waiting} requests wait`} for your answer`,
    others: 'The other networks of the directory',
    othersLead:
      'Declared at other sites. You can give access to their dashboard here, where all their cafés are known.',
    declare: 'Declare a network',
    declareLead:
      'If your organisation is the head of a network, declare it here. It has a public page at once.',
    fields: {
      name: 'Name of the network',
      presentation: 'Presentation',
      website: 'Web site',
      address: 'Address of the site of the organisation',
      email: 'E-mail',
    },
    hints: {
      name: 'Its address is made of it and does not change any more.',
      presentation: 'Some sentences, at most 1,000 characters.',
      address: 'For example https://mediatheque.example or @cafes@mediatheque.example',
      email:
        'This person sees the organisations, the cafés and the figures. They can change nothing.',
    },
    declareSubmit: 'Declare the network',
    seen: 'What will be public: the name, the presentation, the web site and the list of the member organisations, here and in the directories that you are part of.',
    save: 'Save',
    describe: 'Name and presentation',
    publicPage: 'See the public page',
    back: 'Back to the partner networks',
    members: 'Member organisations',
    belonging: 'The organisations of this network',
    memberState: {
      asked: 'Requests to join',
      'in-force': 'Members',
      invited: 'Unanswered invitations',
      ended: 'Over',
    },
    list: {
      words: 'Name or address',
      found: structures,
      none: 'No organisation here.',
      noneFound: 'No organisation matches.',
    },
    inviteSubmit: 'Continue',
    managers: 'People who follow this network',
    managersLead:
      'A manager sees the dashboard of the network, and can change nothing. Whoever has an account here already signs in as usual.',
    addManager: 'Give access',
    removeManager: 'Take access away',
    newLink: 'Send a new link',
    newPaperLink: 'Make a new link',
    neverEntered: 'has not come in yet',
    person: 'Person',
    link: `The link to give to this person, who will choose a password. It works once, for ${minutesInEnglish(LINK_MINUTES['first-password'])}, and is not shown again:`,
    endNetwork: 'Close this network',
    endLead: 'The page disappears, the organisations are no longer part of it, their cafés stay.',
    /** Where a membership stands, seen from our structure; what has ended, from both sides. */
    states: {
      asked: 'request sent, no answer yet',
      invited: 'invites you',
      inForce: 'member',
      ended: { subject: 'said no or has left', object: 'ended by the network' },
    },
    /** A structure of ours, about a network. */
    subject: {
      offer: {
        label: 'Ask to join a network',
        title: (name) => `Ask to join ${name}?`,
        effects: (name) =>
          `Your request goes to ${name}, with the name and the address of your organisation.\nIf the network accepts, everyone sees it: your organisation is named on the page of the network, the network is named on yours.\nYour cafés are shown on the page of the network, in its files and by its account to follow.\nYou can leave the network whenever you like.`,
        submit: 'Send the request',
      },
      accept: {
        label: 'Accept',
        title: (name) => `Be part of ${name}?`,
        effects: (name) =>
          `Your organisation is named on the page of ${name}, the network is named on yours.\nYour cafés are shown on the page of the network, in its files and by its account to follow.\nYou can leave the network whenever you like.`,
        submit: 'Accept the invitation',
      },
      refuse: {
        label: 'Refuse',
        title: (name) => `Refuse the invitation of ${name}?`,
        effects: () => 'The network sees your answer. Nothing is public.\nIt can invite you again.',
        submit: 'Refuse the invitation',
      },
      withdraw: {
        label: 'Withdraw the request',
        title: (name) => `Withdraw your request to ${name}?`,
        effects: () => 'The network sees that the request is withdrawn. You can ask again.',
        submit: 'Withdraw the request',
      },
      end: {
        label: 'Leave',
        title: (name) => `Leave ${name}?`,
        effects: (name) =>
          `Your organisation is no longer named on the page of ${name}.\nYour cafés are no longer shown there, and its account no longer announces them; they stay in the directory.\nTo come back, the network must agree again.`,
        submit: 'Leave the network',
      },
    },
    /** A network of ours, about a structure. */
    object: {
      offer: {
        label: 'Invite an organisation',
        title: (name) => `Invite ${name} into the network?`,
        effects: (name) =>
          `The invitation goes to ${name}, with the name and the presentation of the network.\nNothing is public before it answers.\nIf the organisation accepts, it is named on the page of the network, and its cafés are shown there.`,
        submit: 'Send the invitation',
      },
      accept: {
        label: 'Accept',
        title: (name) => `Welcome ${name} into the network?`,
        effects: (name) =>
          `The page of the network names ${name} and shows its cafés.\nThe account of the network announces its next cafés.\nThe organisation can leave, and you can end it, at any time.`,
        submit: 'Welcome',
      },
      refuse: {
        label: 'Refuse',
        title: (name) => `Refuse the request of ${name}?`,
        effects: () => 'The organisation sees your answer. Nothing is public.\nIt can ask again.',
        submit: 'Refuse the request',
      },
      withdraw: {
        label: 'Withdraw the invitation',
        title: (name) => `Withdraw the invitation of ${name}?`,
        effects: () => 'The organisation sees that the invitation is withdrawn.',
        submit: 'Withdraw the invitation',
      },
      end: {
        label: 'Remove from the network',
        title: (name) => `Remove ${name} from the network?`,
        effects: (name) =>
          `${name} is no longer named on the page of the network, and its cafés are no longer shown there.\nIts cafés stay in the directory.\nTo come back, both sides must agree.`,
        submit: 'Remove from the network',
      },
    },
    question: {
      endNetwork: {
        title: (name) => `Close the network ${name}?`,
        effects:
          'The page of the network and its account to follow disappear.\nAll organisations are told and are no longer part of it.\nTheir cafés stay.\nA network that is closed cannot be opened again, and its address is not given again.',
        submit: 'Close the network',
      },
      removeManager: {
        title: (name) => `Take the access of ${name} away?`,
        effects: 'This person no longer sees the dashboard of the network, from now on.',
        submit: 'Take access away',
      },
    },
  },
  invitationAnswers: 'Answers to your invitations',
  dashboard: {
    title: 'Dashboard',
    choose: 'Your networks',
    lead: 'You see the organisations, the cafés and the figures of this network. You can change nothing here: the organisations and the head of the network decide.',
    structures: 'Member organisations',
    structuresCsv: 'The organisations (CSV)',
    cafesCsv: 'The cafés to come (CSV)',
    town: 'Town',
    toCome: 'Cafés to come',
    held: 'Cafés held',
    lastWord: 'Last announcement',
    publicPage: 'The public page of the network',
    elsewhere:
      'This site knows its own cafés only. Those of the whole network, with figures and the map, are in the directory:',
  },
}
