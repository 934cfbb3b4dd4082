import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { type Caller, widestNetwork } from '../caller.ts'
import type { Needs } from '../needs.ts'
import type { Mail } from '../ports/mail.ts'
import type { MailedPage } from './mail-pace.ts'

/** A mail that was not sent, for whatever reason, does not count. */
export const sendPaced =
  ({ mail }: Needs<'mail'>) =>
  (page: MailedPage, email: BlindIndex, caller: Caller) =>
  <Failure>(letter: TE.TaskEither<Failure, Mail>) =>
    pipe(
      TE.fromIO(() => mail.pace.begin(page, email)),
      TE.filterOrElse(
        (isDue) => isDue,
        () => ({ type: 'mailed_recently' as const }),
      ),
      TE.chainW(() =>
        pipe(
          letter,
          TE.chainW((composed) => mail.send(composed, { network: widestNetwork(caller) })),
          TE.chainFirstIOK(() => () => mail.pace.delivered(page, email)),
          TE.orElseFirstIOK(() => () => mail.pace.giveBack(page, email)),
        ),
      ),
    )
