import type { ProblemCode } from '../values/problem.ts'

/**
 * What a question of a report may not have, since everybody reads it: a mail address, a telephone number, a web
 * address, the name of a person after a title. Each pattern reads a text once; a text is at most twice `QUESTION_MAX`
 * long before it comes here.
 */
const REFUSED: readonly { code: ProblemCode; pattern: RegExp }[] = [
  {
    code: 'question_email',
    pattern: /[^\s@]@[^\s@]|\((?:at|arobase)\)|\[(?:at|arobase)\]|\barobase\b/i,
  },
  { code: 'question_link', pattern: /\bhttps?:|\bwww\.|<\/?[a-z!]/i },
  // A French number, then one of any country.
  { code: 'question_phone', pattern: /(?<!\d)0[\s./-]?[1-9](?:[\s./-]{0,2}\d){8}(?!\d)/ },
  { code: 'question_phone', pattern: /(?:\+|(?<!\d)00)[\s(]?\d(?:[\s()./-]{0,2}\d){7,14}/ },
  {
    code: 'question_person',
    pattern:
      /(?<!\p{L})(?:MM?\.|[Mm](?:me|lle|mes|lles)|M(?:ME|LLE|r|rs)\.?|[Mm](?:onsieur|adame|ademoiselle)|(?:MONSIEUR|MADAME)|D(?:r\.?|octeur|octeure)|Maître)\s{0,3}(?<=[\s.])\p{Lu}/u,
  },
]

/** Returns what is wrong with a question as everybody would read it; undefined where nothing is. */
export const findQuestionProblem = (text: string): ProblemCode | undefined =>
  REFUSED.find(({ pattern }) => pattern.test(text.normalize('NFKC')))?.code
