import { type Fields, fieldsOf } from '../forms/description.ts'

/** The fields of a structure's profile by the parts of the page. */
export const PROFILE_FORM = {
  who: {
    name: { kind: 'text', autocomplete: 'organization', required: true },
    kind: { kind: 'part', words: (t) => t.place.kinds },
    presentationMarkdown: { kind: 'lines', rows: 5, optional: true },
  },
  where: {
    streetAddress: { kind: 'text', isOwn: true, autocomplete: 'address-line1', optional: true },
    /** A postcode or a town, as typed. */
    town: { kind: 'text', isOwn: true, with: 'streetAddress', optional: true },
  },
  contact: {
    phone: { kind: 'tel', autocomplete: 'tel', optional: true },
    email: { kind: 'email', autocomplete: 'email', optional: true },
    website: { kind: 'url', autocomplete: 'url', optional: true },
    links: { kind: 'links', rows: 3, optional: true },
  },
  official: {
    siret: { kind: 'text', inputmode: 'numeric', optional: true },
    rna: { kind: 'text', optional: true },
  },
  partners: {
    partner1: { kind: 'text', isOwn: true, optional: true },
    partner2: { kind: 'text', isOwn: true, optional: true },
    partner3: { kind: 'text', isOwn: true, optional: true },
    partner4: { kind: 'text', isOwn: true, optional: true },
  },
} as const satisfies { [part: string]: Fields }

export const PROFILE_FIELDS = fieldsOf(PROFILE_FORM)
