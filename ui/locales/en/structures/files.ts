import { plural } from '../../../../node/domain/values/number-text.ts'
import type { structureFilesFr } from '../../fr/structures/files.ts'

/** The texts about the logo, about the file that fills in a form, and about a removed address. */
export const structureFilesEn: typeof structureFilesFr = {
  logo: {
    current: 'The present logo',
    remove: 'Remove this logo',
    group: 'Logo',
  },
  labels: {
    logo: 'Logo file',
    'add.venue': 'Your addresses',
    access: 'How to come in',
    accessibility: 'Welcoming people with',
    acceslibreUrl: 'Its page on Accès libre',
    file: 'File',
    pasted: 'Or paste here what the file contains',
    search: 'Name or town of the place',
  },
  hints: {
    logo: 'PNG, WebP or JPEG, 10 MB at most. A transparent ground is kept. It is shown beside the name on every page, and on Mastodon and compatible networks.',
    access: 'For the cafés that you will announce there. 500 characters at most.',
    file: 'CSV or JSON, 10 MB at most.',
    pasted: 'With the line of column titles.',
    search: 'Useful when the file describes several places, such as all those of a département.',
  },
  prefill: {
    link: 'Fill in from a file',
    title: 'Fill in your place from a file',
    titleVenue: 'Fill in an address from a file',
    lead: 'Your place may already be described in a file of “lieux de médiation numérique”: that of the national map, of your département or of your network. Give it to us: the form will be filled in with what it says.',
    nothingYet: 'Nothing is saved before you have read it and pressed “Save”.',
    submit: 'Read the file',
    chooseTitle: 'Which place is it?',
    found: (n) => `The file describes ${plural(n, 'place', 'places', 'en')} that may be yours.`,
    choose: 'Fill in the form',
    again: 'Give another file',
    filled:
      'The form is filled in with what the file says. Read it, correct it, then save: nothing is saved yet.',
    group: 'For your cafés',
    addVenue: (name) => `Also add “${name}” to the addresses of your cafés`,
    unknownPlace: 'no town',
  },
  wrongFile: {
    empty: 'Choose a file, or paste what it contains.',
    'without-content': 'This file is empty. Choose another one.',
    'too-large': 'This file is too large: at most 10 MB.',
    unreadable:
      'This file is neither a CSV table nor JSON. If it is an Excel or LibreOffice workbook, save it as CSV first.',
    'not-places':
      'This file does not describe “lieux de médiation numérique”: we find neither “nom” nor “commune” in it.',
    none: 'No place of this file has this name or town. Choose the file again and try fewer words.',
    many: (n) =>
      `This file describes ${plural(n, 'place', 'places', 'en')}. Choose it again and give the name or the town of yours.`,
  },
  removal: {
    link: 'Delete this address',
    title: 'Delete this address?',
    what: (name) =>
      `“${name}” will no longer be in the list. The cafés that were held there keep their address.`,
    confirm: 'Delete the address',
    keep: 'Keep it',
    refused: (n) =>
      `This address cannot be deleted: ${
        n === 1
          ? 'one café is still to be held there. Give it another address first, or delete it.'
          : `${n} cafés are still to be held there. Give them another address first, or delete them.`
      }`,
  },
}
