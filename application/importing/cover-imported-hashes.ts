import { isLeft, right } from 'fp-ts/lib/Either.js'
import { HashKindImported } from '../../domain/imported-hashes/events.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { CommitObserver } from '../ports/commit-observer.ts'

type Covering = {
  readonly journal: Pick<Needs<'journal'>['journal'], 'load'>
  readonly hasher: Pick<Needs<'crypto'>['crypto']['hasher'], 'coverKind'>
}

/** The observer learns of kinds that are imported later, also by another node. */
export async function coverImportedHashes({ journal, hasher }: Covering) {
  const observer: CommitObserver = {
    observe: (events) => {
      for (const { type, data } of events) if (type === HashKindImported.type) hasher.coverKind((data as { readonly kind: string }).kind)
    },
    clear: () => {},
  }
  const loaded = await journal.load(streams.importedHashes)()
  if (isLeft(loaded)) return loaded
  for (const kind of loaded.right.state.kinds) hasher.coverKind(kind)
  return right(observer)
}
