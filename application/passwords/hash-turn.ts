import type { AccountId } from '../../domain/kernel/ids.ts'
import { type Caller, widestNetwork } from '../caller.ts'
import type { HashTurn } from '../ports/hasher.ts'

/** `account`: only behind a session, a known device, a mailed link or a right password. */
export function turnOf(caller: Caller, account: AccountId | null): HashTurn {
  return { network: widestNetwork(caller), account }
}
