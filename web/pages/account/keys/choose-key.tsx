import { useCallback, useState } from 'react'
import { ActionForm } from '../../../react/forms/action-form.tsx'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Field } from '../../../react/ui/field.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { keysTexts } from '../../../texts/keys.ts'
import { Command } from './command.tsx'
import { commands } from './commands.ts'
import { fingerprintOf, hashOfAccount, type KeyToLink, keyBytes } from './key-to-link.ts'

type ChooseKeyProps = { readonly accountId: string; readonly onChosen: (key: KeyToLink) => void }

/** The fingerprint that a challenge is for follows from the public key. */
export function ChooseKey({ accountId, onChosen }: ChooseKeyProps) {
  const { call } = useGatebook()
  const texts = useTexts(keysTexts)
  const [isMalformed, setMalformed] = useState(false)
  const choose = useCallback(
    async ({ publicKey, bytes }: { readonly publicKey: string; readonly bytes: Uint8Array<ArrayBuffer> }) => {
      const fingerprint = await fingerprintOf(bytes)
      const result = await call('POST /identities/{fingerprint}/challenge', { params: { fingerprint } })
      if (!result.ok) return result
      const { challenge } = result.value
      return { ok: true as const, value: { publicKey, fingerprint, challenge, subject: await hashOfAccount(accountId) } }
    },
    [call, accountId],
  )
  const { run, isRunning, problem } = useAction(choose, onChosen)
  const submit = (fields: FormData) => {
    const publicKey = String(fields.get('publicKey')).trim()
    const bytes = keyBytes(publicKey)
    setMalformed(bytes === undefined)
    if (bytes !== undefined) void run({ publicKey, bytes })
  }
  return (
    <>
      <Command text={commands.make}>{texts.make}</Command>
      <Command text={commands.read}>{texts.read}</Command>
      <ActionForm submitLabel={texts.next} onSubmit={submit} isRunning={isRunning} problem={problem} field="publicKey">
        <Field
          label={texts.publicKey}
          name="publicKey"
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          hasFocus
          hint={texts.publicKeyHint}
          error={isMalformed ? texts.publicKeyWrong : null}
        />
      </ActionForm>
    </>
  )
}
