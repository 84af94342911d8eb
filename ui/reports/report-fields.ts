import { NEXT_MAX, WORDS_MAX } from '../../node/domain/reports/report-input.ts'
import type { Fields } from '../forms/description.ts'

/**
 * The fields of a report beside its questions and its photo. `number` is what the first page asks, and `details` the
 * second, which is optional.
 */
export const REPORT_FIELDS = {
  number: {
    participants: { kind: 'number', required: true, short: true, inputmode: 'numeric' },
  },
  details: {
    firstTimers: { kind: 'number', short: true, inputmode: 'numeric' },
    format: { kind: 'text', max: 80 },
    words: { kind: 'lines', rows: 4, max: WORDS_MAX },
    nextSteps: { kind: 'lines', rows: 2, max: NEXT_MAX },
    publish: { kind: 'tick', box: { value: 'text', label: (t) => t.report.boxes.publish } },
  },
} satisfies { readonly [part: string]: Fields }
