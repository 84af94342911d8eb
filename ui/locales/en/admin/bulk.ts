import { plural } from '../../../../node/domain/values/number-text.ts'
import type { adminBulkFr } from '../../fr/admin/bulk.ts'

const count = (n: number, one: string, many: string) => plural(n, one, many, 'en')

export const adminBulkEn: typeof adminBulkFr = {
  choice: 'Choice',
  choose: (name) => `Choose ${name}`,
  chosen: 'The ticked rows:',
  groups: {
    title: 'All at once, except those of sites that are known here or recommended:',
    source: (source, total) => `from ${source} (${total})`,
    day: (day, total) => `of ${day} (${total})`,
  },
  title: 'What was done',
  done: (done, left) =>
    left === 0
      ? `Done for ${count(done, 'row', 'rows')}.`
      : done === 0
        ? 'Nothing was done.'
        : `Done for ${count(done, 'row', 'rows')}, not for ${left}.`,
  right: 'Done',
  left: 'Not done',
  back: 'Back to the list',
  changed: 'It changed while the list was open: nothing was done.',
  gone: 'It was deleted meanwhile.',
  cafes: {
    cancel: 'Cancel',
    cancelled: {
      question: (total) => `Cancel ${count(total, 'café', 'cafés')}?`,
      effects:
        'Each café stays online, marked “Cancelled”, with your reason if you give one.\nEach cancellation can be undone.',
      submit: (total) => `Cancel ${count(total, 'café', 'cafés')}`,
    },
    publish: 'Publish',
    published: {
      question: (total) => `Publish ${count(total, 'café', 'cafés')}?`,
      effects: 'Each café is online at once.',
      submit: (total) => `Publish ${count(total, 'café', 'cafés')}`,
    },
    delete: 'Delete',
    deleted: {
      question: (total) => `Delete ${count(total, 'draft', 'drafts')}?`,
      effects: 'Only your team sees a draft.\nThis cannot be undone.',
      submit: (total) => `Delete ${count(total, 'draft', 'drafts')}`,
    },
    reason: 'Reason for the cancellation, for all',
    notAnnounced: 'It is not published yet: delete it, or wait.',
    isCancelled: 'It is cancelled already.',
    isOver: 'It has taken place already.',
    isPublished: 'It is published already.',
    legal: 'Information that the law asks for is missing: see “To do” on the first page.',
  },
  sites: {
    retry: 'Try again',
    end: 'Remove from the directory',
    ended: {
      question: (total) => `Remove ${count(total, 'site', 'sites')} from the directory?`,
      effects:
        'The cafés to come of each site are no longer shown here.\nEach team is told, with your reason.\nEach site can be taken in again, on its page.',
      submit: (total) => `Remove ${count(total, 'site', 'sites')}`,
    },
    refuse: 'Refuse',
    refused: {
      question: (total) => `Refuse ${count(total, 'request', 'requests')}?`,
      effects: 'Each team reads your reason.\nEach site can be accepted later, on its page.',
      submit: (total) => `Refuse ${count(total, 'request', 'requests')}`,
    },
    reason: 'Your reason, which each team will read',
    reasonMissing: 'Say why, in a few words.',
  },
  people: {
    nameless: 'Without a name',
    refuse: 'Refuse',
    refused: {
      question: (total) => `Refuse ${plural(total, 'request', 'requests')}?`,
      effects:
        'What these people wrote is erased.\nEach reads your reason, by mail.\nEach may ask again.',
      submit: (total) => `Refuse ${plural(total, 'request', 'requests')}`,
    },
  },
  stamps: {
    refused: {
      question: (total) => `Refuse ${count(total, 'request', 'requests')}?`,
      effects:
        'Each server that asked is told.\nThe same quote, or the same list, cannot be accepted any more.',
      submit: (total) => `Refuse ${count(total, 'request', 'requests')}`,
    },
  },
  members: {
    refuse: 'Refuse',
    refused: {
      question: (total) => `Refuse ${count(total, 'structure', 'structures')}?`,
      effects: 'Each structure is told.\nEach may ask again, and you may invite it.',
      submit: (total) => `Refuse ${count(total, 'structure', 'structures')}`,
    },
  },
  held: {
    dismiss: 'Set aside',
    dismissed: {
      question: (total) => `Set ${count(total, 'café', 'cafés')} aside?`,
      effects:
        'None is shown here.\nThe teams of sites that can receive it read your reason.\nEach café can be shown later, in “What is hidden”.',
      submit: (total) => `Set ${count(total, 'café', 'cafés')} aside`,
    },
  },
  duplicates: { apart: 'They are two different cafés' },
}
