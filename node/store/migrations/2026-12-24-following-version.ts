/** Whose cafés are trusted changes what pages show, also where only our own following did. */
const trigger = (words: string) =>
  `create trigger content_peer_following after update of following on peer ${words}`

export const up = {
  sqlite: [
    trigger('begin update content_version set version = abs(random() % 9007199254740992); end'),
  ],
  postgres: [trigger('for each statement execute function content_changed()')],
}
