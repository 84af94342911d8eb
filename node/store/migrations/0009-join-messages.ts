/** `following.message`: what our team wrote with a request to join, until it is accepted, to be sent again with it. */
export const joinMessages = (): string[] => ['alter table following add column message text']
