import type { Dialect, Statements } from './dialect.ts'

/**
 * `cafe_picture` is the picture that another server announces with a café, and the copy of it that our pages show, once
 * it was read. It is deleted with its café. Cached pages are rendered again.
 */
export const cafePictures = ({ isPostgres, integer, bytes, strict }: Dialect): Statements => [
  `create table cafe_picture (
    cafe_id text primary key references cafe on delete cascade,
    address text not null,
    alt text not null,
    small ${bytes},
    large ${bytes},
    width ${integer},
    height ${integer},
    check ((small is null) = (large is null)),
    check ((small is null) = (width is null)),
    check ((small is null) = (height is null))
  ) ${strict}`,
  ...['insert', 'update', 'delete'].map(
    (event) =>
      `create trigger content_cafe_picture_${event} after ${event} on cafe_picture ${
        isPostgres
          ? 'for each statement execute function content_changed()'
          : 'begin update content_version set version = abs(random() % 9007199254740992); end'
      }`,
  ),
]
