import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { HashSlot, PasswordHasher } from '../../application/ports/hasher.ts'

/** The hasher, with its places counted: `taken` tells how many are in hand; `onRefused` is called when there is none. */
export function watchHasher({ hash, reserve }: PasswordHasher, onRefused: () => void) {
  let taken = 0

  const counted = ({ verify, release }: HashSlot): HashSlot => {
    let place: 'free' | 'in_use' | 'given_back' = 'free'
    const giveBack = () => {
      place = 'given_back'
      taken -= 1
    }
    taken += 1
    return {
      verify: (password, stored) => async () => {
        place = 'in_use'
        return verify(password, stored)().finally(giveBack)
      },
      release: () => {
        release()
        if (place === 'free') giveBack()
      },
    }
  }

  const hasher: PasswordHasher = {
    hash: (password) => async () => {
      taken += 1
      const hashed = await hash(password)().finally(() => {
        taken -= 1
      })
      if (isLeft(hashed)) onRefused()
      return hashed
    },
    reserve: () => {
      const slot = reserve()
      if (!isLeft(slot)) return right(counted(slot.right))
      onRefused()
      return slot
    },
  }
  return { hasher, taken: () => taken }
}
