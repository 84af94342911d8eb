import { ENTRY_OF } from './0001-initial/search.ts'
import { ofCafe } from './0001-initial/search-sqlite.ts'
import type { Dialect, Statements } from './dialect.ts'

const { isFindable, nameSource, enter, revise, removeWords, wordColumns } = ofCafe

/** Inside a trigger, the outer statement decides how conflicts are handled, so there must be none. */
export const wait = `
  insert into search_waiting (cafe_id) select new.id where ${isFindable}
    and not exists (select 1 from search_waiting where cafe_id = new.id);`

/**
 * On SQLite, the words of a café are no longer added to the index by the statement that writes it, but for all cafés of
 * a transaction at its end (`search-index/waiting-words.ts`), since each statement that could be undone makes the index
 * write everything gathered so far to its file. `search_waiting` has the cafés whose words are not in it yet.
 */
export const searchWaiting = ({ isPostgres, strictByKey }: Dialect): Statements =>
  isPostgres
    ? []
    : [
        `create table search_waiting (cafe_id text primary key) ${strictByKey}`,
        'drop trigger search_cafe_comes',
        'drop trigger search_cafe_changes',
        `create trigger search_cafe_comes after insert on cafe begin ${nameSource} ${enter} ${wait} end`,
        `create trigger search_cafe_changes after update of ${ENTRY_OF}, ${wordColumns.join(', ')} on cafe
          begin ${nameSource} ${removeWords} ${revise} ${enter} ${wait} end`,
      ]
