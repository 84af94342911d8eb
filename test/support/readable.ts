/** Returns a text as it is read: French typography puts non-breaking spaces where a reader sees a space. */
export const readable = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')
