import { left, right } from 'fp-ts/lib/Either.js'
import type { Networks } from '../../application/caller.ts'
import type { TakeName } from '../../application/ports/name-budget.ts'
import { heldPlaces } from './held-places.ts'
import { recentKeys } from './recent-keys.ts'

/** `budget`: names that one network may fail at in an hour; 0 for no limit. `now`: monotonic milliseconds. */
type Options = { readonly budget: number; readonly now: () => number }

/** `isHeld`: one place is held for all attempts at this name that are in flight. */
type Open = { readonly attempts: number; readonly isHeld: boolean }

const hour = 3_600_000

const none: Open = { attempts: 0, isHeld: false }

const unlimited: TakeName = () => () => right({ settle: () => {} })

/** Those who try one password at many names are stopped early. Names that failed are remembered by the narrowest network. */
export function nameBudget({ budget, now }: Options): TakeName {
  if (budget === 0) return unlimited
  const places = heldPlaces({ budget, now, window: hour })
  const failed = recentKeys({ window: hour, now })
  const open = new Map<string, Open>()

  const settle = (networks: Networks, key: string, hasFailed: boolean) => {
    const { attempts, isHeld } = open.get(key) ?? none
    const isLast = attempts <= 1
    if (isHeld && hasFailed) {
      places.spend(networks)
      failed.add(key)
    } else if (isHeld && isLast) places.release(networks)
    if (isLast) open.delete(key)
    else open.set(key, { attempts: attempts - 1, isHeld: isHeld && !hasFailed })
  }

  return (networks, name) => () => {
    const key = `${networks[0]} ${name}`
    const { attempts, isHeld } = open.get(key) ?? none
    const isFree = isHeld || failed.has(key)
    const wait = isFree ? undefined : places.hold(networks)
    if (wait !== undefined) return left({ type: 'names_spent', retryAfter: wait })
    open.set(key, { attempts: attempts + 1, isHeld: isHeld || !isFree })
    return right({ settle: (outcome) => settle(networks, key, outcome === 'failed') })
  }
}
