import { ACCESSIBILITY_STATES } from '../../node/domain/structures/legal-notice.ts'
import { LEGAL_BASES } from '../../node/domain/structures/personal-data.ts'
import { choicesFrom, type Fields, fieldsOf } from '../forms/description.ts'

/** The fields of the settings by the parts of the page. */
export const SETTINGS_FORM = {
  publisher: {
    legalName: { kind: 'text', autocomplete: 'organization' },
    legalAddress: { kind: 'lines', rows: 2 },
    legalPhone: { kind: 'tel', autocomplete: 'tel', short: true },
    publicationDirector: { kind: 'text' },
  },
  host: {
    hostName: { kind: 'text' },
    hostAddress: { kind: 'lines', rows: 2 },
    hostPhone: { kind: 'tel', short: true },
  },
  data: {
    dataContact: { kind: 'text' },
    dataContactIsDpo: {
      ...{ kind: 'tick', optional: true },
      box: { value: 'oui', label: (t) => t.legal.settings.dpo },
    },
    legalBasis: {
      kind: 'radio',
      choices: choicesFrom(LEGAL_BASES, (t) => t.legal.settings.bases),
    },
  },
  accessibility: {
    accessibility: {
      kind: 'radio',
      choices: choicesFrom(ACCESSIBILITY_STATES, (t) => t.legal.settings.states),
    },
    auditedOn: { kind: 'date', optional: true, short: true },
    auditedBy: { kind: 'text', optional: true },
    /** In percent, with a decimal comma or not. */
    auditRate: { kind: 'text', inputmode: 'numeric', optional: true, short: true },
    accessibilityGaps: { kind: 'lines', rows: 4, optional: true },
    accessibilityContact: { kind: 'contact', optional: true },
    accessibilityPlan: { kind: 'url', optional: true },
    accessibilityActions: { kind: 'url', optional: true },
  },
  look: { themeColour: { kind: 'text', optional: true } },
  source: { sourceUrl: { kind: 'url', optional: true } },
} as const satisfies { [part: string]: Fields }

export const SETTINGS_FIELDS = fieldsOf(SETTINGS_FORM)
