import { EgressError } from './egress.ts'

/** Why a server could not be asked, in words for the person who gave its address. */
export const failureText = (error: unknown): string | undefined =>
  error instanceof EgressError ? REASONS[error.code] : undefined

export const REASONS: Record<EgressError['code'], string> = {
  blocked_address: 'Cette adresse n’est pas celle d’un site public.',
  scheme: 'L’adresse doit commencer par https://.',
  redirect: 'Cette adresse renvoie vers une autre, puis une autre encore.',
  too_big: 'Ce fichier est trop gros.',
  timeout: 'Le site n’a pas répondu à temps.',
  content_type: 'Le site a répondu autre chose que ce qui était attendu.',
  status: 'Le site a répondu par une erreur.',
  network: 'Le site ne répond pas.',
}
