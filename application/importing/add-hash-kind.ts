import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { importedHashes } from '../../domain/imported-hashes/decider.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { Metadata } from '../ports/event-store.ts'
import type { HashToImport, HashTurn } from '../ports/hasher.ts'

/** Of one dry run: the kinds that the import would have added so far. */
export type DryRun = { readonly kinds: Set<string> }

type HashOfAKind = Pick<HashToImport, 'kind' | 'tryOut'>

/**
 * Before the first account with such a hash exists, so that no check was ever faster or slower, and after it was tried out, so that every
 * check can do its work. A dry run checks the same and remembers what it does not record.
 */
export const addHashKind =
  ({ journal, crypto: { hasher } }: Needs<'journal' | 'crypto'>) =>
  ({ kind, tryOut }: HashOfAKind, dryRun: DryRun | null, turn: HashTurn, metadata: Metadata) => {
    if (kind === null || dryRun?.kinds.has(kind) === true) return TE.right(undefined)
    const command = { type: 'add' as const, kind, at: journal.now() }
    const decided = pipe(
      journal.load(streams.importedHashes),
      TE.chainEitherKW(({ state }) => importedHashes.decide(command, { kinds: new Set([...state.kinds, ...(dryRun?.kinds ?? [])]) })),
    )
    const recorded = pipe(
      journal.decide(streams.importedHashes, command, metadata),
      TE.map(() => hasher.coverKind(kind)),
    )
    const remembered = pipe(
      decided,
      TE.chainIOK((events) => () => {
        if (events.length > 0) dryRun?.kinds.add(kind)
      }),
    )
    const isCovered = hasher.isCovered(kind)
    return pipe(
      isCovered ? TE.right([]) : decided,
      TE.chainW(() => tryOut(turn)),
      TE.chainW(() => {
        if (isCovered) return TE.right(undefined)
        return dryRun === null ? recorded : remembered
      }),
    )
  }
