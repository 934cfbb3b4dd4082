import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, SessionId } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { checkCode } from './check-code.ts'
import { makeRecoveryCodes } from './secrets.ts'

type ByCode = { readonly accountId: AccountId; readonly sessionId: SessionId; readonly code: string }

export const renewRecoveryCodes =
  (needs: Needs<'journal' | 'crypto'>) =>
  ({ accountId, sessionId, code }: ByCode, caller: Caller) => {
    const { journal } = needs
    return pipe(
      checkCode(needs)({ accountId, purpose: 'recovery_codes', code, by: { sessionId } }, caller),
      TE.chainW(() => makeRecoveryCodes(needs, accountId)),
      TE.chainFirstW(({ kept }) => {
        const command = { type: 'issueRecoveryCodes' as const, recoveryCodes: kept, at: journal.now() }
        return journal.decide(streams.secondFactor(accountId), command, metadataOf(caller, accountId))
      }),
      TE.map(({ codes }) => codes),
    )
  }
