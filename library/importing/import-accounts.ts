import { setTimeout as pause } from 'node:timers/promises'
import { type AccountToImport, type ImportMode, type ImportOutcome, importAccount } from '../../application/importing/import-account.ts'
import { canonicalEmail } from '../../domain/account/email-address.ts'
import { hostCalls } from '../host-calls.ts'
import { actorOf } from '../host-input.ts'
import type { HostNeeds } from '../host-needs.ts'
import { claimedAddress, duplicateAddress, importReasons } from './import-reasons.ts'
import type { ImportedAccount, ImportOptions, ImportReport, ImportResult } from './import-types.ts'
import { readImportedAccount } from './imported-account.ts'
import { inParallel } from './in-parallel.ts'
import { seenAddresses } from './seen-addresses.ts'

/** So many share a commit that the disk is not what limits them. */
const inFlight = 256
const mostRefusals = 1_000

/** Milliseconds. An address that was claimed just before a crash is free a minute later. */
const [patience, interval] = [65_000, 1_000]

const resultOf = (number: number, outcome: ImportOutcome): ImportResult => {
  switch (outcome.type) {
    case 'created':
      return { number, outcome: 'created', accountId: outcome.accountId }
    case 'exists':
      return { number, outcome: 'skipped', accountId: outcome.accountId }
    case 'claimed':
      return { number, outcome: 'refused', reason: claimedAddress }
    case 'refused':
      return { number, outcome: 'refused', reason: importReasons[outcome.reason] }
  }
}

export function accountImport(needs: HostNeeds) {
  const call = hostCalls(needs)

  const once = (account: AccountToImport, mode: ImportMode): Promise<ImportOutcome> =>
    call((caller) => importAccount(needs)(account, mode, caller))

  const settled = async (account: AccountToImport, mode: ImportMode): Promise<ImportOutcome> => {
    let outcome = await once(account, mode)
    for (let waited = 0; outcome.type === 'claimed' && waited < patience; waited += interval) {
      await pause(interval)
      outcome = await once(account, mode)
    }
    return outcome
  }

  /**
   * Takes over accounts from another system, in the order in which they come, some at once. An address that has an account already is
   * skipped, so a run that was interrupted is run again. Rejects if the log fails.
   */
  return async (
    accounts: Iterable<ImportedAccount> | AsyncIterable<ImportedAccount>,
    { dryRun = false, onResult = () => {}, actor = { system: 'import' } }: ImportOptions = {},
  ): Promise<ImportReport> => {
    const mode: ImportMode = { actor: actorOf({ actor }), dryRun: dryRun ? { kinds: new Set() } : null }
    const report = { created: 0, skipped: 0, refused: 0 }
    const refusals: { number: number; reason: string }[] = []
    const seen = seenAddresses()
    let number = 0

    const note = (result: ImportResult) => {
      report[result.outcome] += 1
      if (result.outcome === 'refused' && refusals.length < mostRefusals) refusals.push({ number: result.number, reason: result.reason })
      onResult(result)
    }
    const take = async (given: ImportedAccount) => {
      number += 1
      const own = number
      const read = readImportedAccount(given)
      if ('expected' in read) return note({ number: own, outcome: 'refused', reason: read.expected })
      if (!seen.add(canonicalEmail(read.account.email))) return note({ number: own, outcome: 'refused', reason: duplicateAddress })
      note(resultOf(own, await settled(read.account, mode)))
    }
    await inParallel(accounts, inFlight, take)
    return { ...report, refusals: refusals.sort((a, b) => a.number - b.number) }
  }
}
