import { plural } from '../../../../node/domain/values/number-text.ts'
import type { leavingFr } from '../../fr/structures/leaving.ts'

export const leavingEn: typeof leavingFr = {
  closeLink: 'Close this structure',
  close: {
    title: (name) => `Close ${name}`,
    lead: 'The structure stops organising cafés here. This cannot be undone.',
    effects: (toCome) =>
      `${toCome === 0 ? 'No café to come is announced' : `${plural(toCome, 'café', 'cafés', 'en')} to come: cancelled or deleted, and those who registered are told`}.\nThe team has no access any more: accounts without other work here, invitations and tokens are deleted.\nThe profiles of the people who lead cafés are withdrawn everywhere. The mail address and the telephone of the structure are deleted.\nIts address and its account are never given to another one.`,
    past: 'What becomes of what is public already?',
    pasts: {
      kept: 'Past cafés, their reports and the page stay, with a sentence that says that the structure closed',
      gone: 'Everything goes, here and in directories: the addresses answer “gone”, the account tells its followers that it is no more',
    },
    noPast: 'Choose what becomes of the past.',
    sure: 'I close it',
    isSure: (name) => `Yes, close ${name} for ever`,
    notSure: 'Tick this box to close it.',
    submit: 'Close the structure',
    doneTitle: 'The structure is closed',
    done: 'Your ways in are deleted. Its cafés are cancelled or deleted within minutes; other sites hear of it after that.',
  },
  closedSince: (day) => `This structure closed on ${day}. Its past cafés stay here.`,
  gone: {
    title: 'This structure has closed',
    text: 'It deleted everything that it had published here.',
  },
}
