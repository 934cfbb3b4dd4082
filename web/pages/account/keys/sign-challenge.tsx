import { useCallback } from 'react'
import type { Problem } from '../../../client/result.ts'
import { ActionForm } from '../../../react/forms/action-form.tsx'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { keysTexts } from '../../../texts/keys.ts'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { Command } from './command.tsx'
import { commands } from './commands.ts'
import { fieldsOf, type KeyToLink, payloadOf } from './key-to-link.ts'

type SignChallengeProps = { readonly toLink: KeyToLink; readonly onLinked: () => void; readonly onAgain: () => void }

export function SignChallenge({ toLink, onLinked, onAgain }: SignChallengeProps) {
  const { call } = useGatebook()
  const texts = useTexts(keysTexts)
  const { publicKey, challenge } = toLink
  const link = useCallback(
    (signature: string) => call('POST /me/identities', { body: { publicKey, challenge, signature } }),
    [call, publicKey, challenge],
  )
  const { run, isRunning, problem } = useAction(link, onLinked)
  return (
    <>
      <Command text={commands.sign(payloadOf(toLink))}>{texts.sign}</Command>
      <Payload toLink={toLink} />
      <ActionForm
        submitLabel={texts.submit}
        onSubmit={(fields) => void run(String(fields.get('signature')).trim())}
        isRunning={isRunning}
        problem={problem}
        problemText={textOf(problem, texts)}
        field="signature"
        after={
          <Button look="quiet" onClick={onAgain}>
            {texts.again}
          </Button>
        }
      >
        <Field
          label={texts.signature}
          name="signature"
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          hasFocus
          hint={texts.signatureHint}
        />
      </ActionForm>
    </>
  )
}

const textOf = (problem: Problem | null, texts: { readonly wrong: string; readonly taken: string }) => {
  if (problem?.code === 'INVALID_CREDENTIALS' || problem?.code === 'VALIDATION_FAILED') return texts.wrong
  return problem?.code === 'IDENTITY_TAKEN' ? texts.taken : undefined
}

function Payload({ toLink }: { readonly toLink: KeyToLink }) {
  const texts = useTexts(keysTexts)
  return (
    <details className="gb-details">
      <summary>{texts.payload}</summary>
      <Definitions>
        {Object.entries(fieldsOf(toLink)).map(([name, value]) => (
          <DefinitionRow term={texts[name as keyof ReturnType<typeof fieldsOf>]} key={name}>
            <code className="gb-secret">{value}</code>
          </DefinitionRow>
        ))}
      </Definitions>
    </details>
  )
}
