/** What a token lets a program read and write of a structure; the name of each is part of the API. */
export const TOKEN_SCOPES = [
  'cafes',
  'places',
  'calendars',
  'resources',
  'registrations',
  'webhooks',
] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** Returns the scopes among these words, in their order. */
export const readScopes = (words: readonly string[]): TokenScope[] =>
  TOKEN_SCOPES.filter((scope) => words.includes(scope))
