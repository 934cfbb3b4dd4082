import { left, right } from 'fp-ts/lib/Either.js'
import type { Vault } from '../../application/ports/vault.ts'
import { dataKeyStream } from '../../domain/kernel/streams.ts'
import { keyWrap } from './cipher/key-wrap.ts'
import { personOf, sealText, unsealText } from './cipher/sealed-text.ts'
import { type DataKeyLogNeeds, dataKeyLog } from './keys/data-key-log.ts'
import { liveKeys } from './keys/live-keys.ts'
import { personKeys } from './keys/person-keys.ts'
import { isSystemKey } from './keys/system-key.ts'

export type VaultNeeds = DataKeyLogNeeds & {
  readonly masterKey: Buffer
  /** 10,000 by default. */
  readonly cacheLimit?: number
}

export type ForgetfulVault = Vault & {
  readonly evict: (person: string) => void
  readonly evictAll: () => void
}

const personShape = /^[a-z0-9-]{1,64}$/

const mustBePerson = (name: string) => {
  if (!personShape.test(name) || isSystemKey(name)) throw new TypeError('Not a name that a person has a data key under')
}

/** The first use of a key costs one read and one unwrapping, for known and unknown callers alike. */
export function sealingVault({ masterKey, cacheLimit = 10_000, ...needs }: VaultNeeds): ForgetfulVault {
  const keys = personKeys(dataKeyLog(needs), keyWrap(masterKey))
  const live = liveKeys(cacheLimit)

  return {
    seal: (person, purpose, plain) => {
      mustBePerson(person)
      return () => live.use(person, keys.findOrCreate, (key) => right(sealText(key, person, purpose, plain)))
    },

    unseal: (purpose, sealed) => () =>
      live.use(personOf(sealed), keys.find, (key) => {
        const plain = unsealText(key, purpose, sealed)
        return plain === null ? left({ type: 'corrupt', detail: `a sealed ${purpose} does not open` }) : right(plain)
      }),

    shred: (person) => {
      mustBePerson(person)
      return () => live.shred(person, needs.store.deleteKeyStream(dataKeyStream(person)))
    },

    evict: live.evict,
    evictAll: live.evictAll,
  }
}
