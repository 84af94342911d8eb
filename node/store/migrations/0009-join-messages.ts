/**
 * Adds `following.message`: the text that our team wrote with a request to join. It is kept until the request is
 * accepted, to be sent again with it.
 */
export const joinMessages = (): string[] => ['alter table following add column message text']
