import { AccountErased, ProfileRecorded } from '../../../domain/account/events.ts'
import { SetupCompleted } from '../../../domain/administrators/events.ts'
import { EmailReserved } from '../../../domain/email-claim/events.ts'
import { IdentityIntroduced } from '../../../domain/identity/events.ts'
import { accountStream, administratorsStream, emailClaimStream } from '../../../domain/kernel/streams.ts'
import { accountId, blindIndex, sealed } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { linesOf } from '../support/any-history.ts'
import type { Line } from '../support/embedded-log.ts'

const at = later(0)
const [first, third] = [accountId(1), accountId(3)]
const step = (verb: 'summarized' | 'attempted', account: number) => ({ verb, account, session: 0, back: 0, wait: 0 })

const publicKey = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' as never
const signature = '5VZDAMNgrHKQhuLMgG6CioSHfx6455DLUTV5qfdaURj-NgQdQG6dLzL0JCpc2PUyWtZ9bcYPYDWxtWUiUhSTCw' as never
const introduced = { accountId: first, publicKey, origin: 'https://id.example.org', link: null, signature, at }

/** After any history with sessions, it leaves a row in every table of every read model. */
export const restOfHistory: readonly Line[] = [
  { stream: administratorsStream, event: SetupCompleted({ accountId: first, at }) },
  ...linesOf([step('attempted', 1), step('summarized', 1)]).slice(3),
  { stream: accountStream(first), event: ProfileRecorded({ profile: sealed('profile'), at }), actor: first },
  { stream: accountStream(accountId(2)), event: ProfileRecorded({ profile: sealed('another'), at }), actor: 'system:operator' },
  {
    stream: emailClaimStream(blindIndex(9)),
    event: EmailReserved({ accountId: first, email: sealed('new'), emailVerified: true, linksRevision: 0, at }),
  },
  { stream: `identity-${'0f'.repeat(32)}`, event: IdentityIntroduced(introduced) },
  { stream: accountStream(third), event: AccountErased({ because: 'requested_by_owner', at }) },
]
