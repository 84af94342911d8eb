import { ANSWER_WORDS, ANSWERS, type AnswerName, type GivenAnswers } from './init-answers.ts'
import {
  type Answers,
  type Asker,
  askCafe,
  askColour,
  askLegal,
  askPlace,
  askSite,
} from './init-questions.ts'

/**
 * Reads the answers that were given beforehand, by the same rules as those of a person.
 * @returns The answers, or what is missing or wrong, in one sentence.
 */
export async function readGivenAnswers(
  given: GivenAnswers,
): Promise<Answers | { mistake: string }> {
  const missing: AnswerName[] = []
  const wrong: string[] = []
  const answer: Asker = async (name, _message, { initialValue = '', check }) => {
    const value = given[name]?.trim() || initialValue
    const problem = check(value)
    if (problem && value === '') missing.push(name)
    else if (problem) wrong.push(`--${name} : ${problem}`)
    return value
  }
  const site = await askSite(answer)
  const isLegalGiven = Object.keys(ANSWERS.legal).some((name) => given[name as AnswerName])
  const answers = {
    ...site,
    place: await askPlace(answer),
    // Nobody has declared anything where no option says so.
    legal: isLegalGiven ? await askLegal(answer, site) : undefined,
    colour: await askColour(answer),
    cafe: await askCafe(answer),
  }
  if (missing.length > 0) {
    const names = missing.map((name) => `--${name} (${ANSWER_WORDS[name]})`)
    return { mistake: `il manque ${names.join(', ')}` }
  }
  return wrong.length > 0 ? { mistake: wrong.join(' ') } : answers
}
