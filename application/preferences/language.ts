import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, Actor } from '../../domain/kernel/ids.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { type MailLanguage, mailLanguages } from '../notifications/texts/mail-texts.ts'

type LanguageNeeds = Needs<'journal' | 'crypto'>

/** `null` if none was chosen, or one that there are no texts in any more. */
export const chosenLanguage = (needs: LanguageNeeds) => (accountId: AccountId) =>
  pipe(
    needs.journal.load(streams.preferences(accountId)),
    TE.chainW(({ state: { language } }) => (language === null ? TE.right(null) : needs.crypto.vault.unseal('language', language))),
    TE.map((chosen): MailLanguage | null => mailLanguages.find((language) => language === chosen) ?? null),
  )

/** `actor`: who chose it, which is not the owner where somebody else creates the account. */
type Choice = { readonly accountId: AccountId; readonly language: MailLanguage; readonly actor: Actor }

export const chooseLanguage =
  (needs: LanguageNeeds) =>
  ({ accountId, language, actor }: Choice, caller: Caller) =>
    pipe(
      chosenLanguage(needs)(accountId),
      TE.chainW((known) => {
        if (known === language) return TE.right(undefined)
        return pipe(
          needs.crypto.vault.seal(accountId, 'language', language),
          TE.chainW((sealed) => {
            const command = { type: 'chooseLanguage' as const, language: sealed, at: needs.journal.now() }
            return needs.journal.decide(streams.preferences(accountId), command, metadataOf(caller, actor))
          }),
          TE.map(() => undefined),
        )
      }),
    )

type FirstChoice = Omit<Choice, 'language'> & { readonly language: MailLanguage | null | undefined }

/** Best effort: the account is here already, and gets mails in the default language otherwise. */
export const keepFirstLanguage =
  (needs: LanguageNeeds) =>
  ({ accountId, language = null, actor }: FirstChoice, caller: Caller): Task<void> =>
  async () => {
    if (language === null) return
    const known = await chosenLanguage(needs)(accountId)()
    if (!isLeft(known) && known.right === null) await chooseLanguage(needs)({ accountId, language, actor }, caller)()
  }
