import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Loaded } from '../../../application/journal/aggregate.ts'
import type { StoreFailure } from '../../../application/ports/event-store.ts'
import type { State } from '../../../domain/data-key/decider.ts'
import { type KeyWrap, keyWrap } from '../cipher/key-wrap.ts'
import { type DataKeyLog, type DataKeyLogNeeds, dataKeyLog } from './data-key-log.ts'
import { dataKeyLength, personKeys } from './person-keys.ts'

/** Wrapped like data keys, so that a new master key changes nothing that was derived. */
export const systemKeys = { index: 'blind-index', derivation: 'derived-secrets' } as const

export function isSystemKey(name: string) {
  return Object.values<string>(systemKeys).includes(name)
}

export type DoesNotOpen = { readonly type: 'wrong_master_key' } | { readonly type: 'rotation_unfinished' }

export type SystemKey<Missing> = {
  readonly holder: string
  readonly missing: Missing
  readonly isMadeAt: (head: number) => boolean
}

export type SystemKeyNeeds = DataKeyLogNeeds & { readonly masterKey: Buffer }

const openUnder = ({ unwrap }: KeyWrap, holder: string, wrappedKey: string): Either<DoesNotOpen, Buffer> => {
  const key = unwrap(holder, wrappedKey)
  if (key === null) return left({ type: 'wrong_master_key' })
  return key.length === dataKeyLength ? right(key) : left({ type: 'rotation_unfinished' })
}

export function readSystemKey<Missing>(
  log: DataKeyLog,
  { holder, missing }: Pick<SystemKey<Missing>, 'holder' | 'missing'>,
): TE.TaskEither<StoreFailure | Missing, Loaded<State>> {
  return pipe(
    log.load(holder),
    TE.mapLeft((failure) => (failure.type === 'stream_deleted' ? missing : failure)),
  )
}

/** Looks twice, because a node that starts at the same moment may have created it. */
export function openSystemKey<Missing>({ masterKey, ...needs }: SystemKeyNeeds, key: SystemKey<Missing>) {
  type Opening = TE.TaskEither<StoreFailure | DoesNotOpen | Missing, Buffer>
  const log = dataKeyLog(needs)
  const wrap = keyWrap(masterKey)
  const openOr = (otherwise: Opening): Opening =>
    pipe(
      readSystemKey(log, key),
      TE.chainW(({ state }) =>
        state.type === 'wrapped' ? TE.fromEither(openUnder(wrap, key.holder, state.wrappedKey)) : (otherwise satisfies Opening),
      ),
    )
  const create: Opening = pipe(
    needs.store.head(),
    TE.chainW((head) => (key.isMadeAt(head) ? personKeys(log, wrap).findOrCreate(key.holder) : openOr(TE.left(key.missing)))),
  )
  return openOr(create)
}
