import { type ReactNode, useCallback, useState } from 'react'
import type { Result } from '../../client/result.ts'
import { codeTexts } from '../../texts/codes.ts'
import { useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
import { useAction } from '../ui/use-action.ts'
import { CodeForm } from './code-form.tsx'
import { RecoveryForm } from './recovery-form.tsx'
import { SendCode } from './send-code.tsx'

type CodeEntryProps<Value> = {
  readonly label: string
  readonly submitLabel: string
  readonly check: (code: string) => Promise<Result<Value>>
  readonly onDone: (value: Value) => void
  readonly canRecover?: boolean
  /** Where codes are delivered. */
  readonly send?: (() => Promise<Result<unknown>>) | undefined
  readonly wasSent?: boolean
  /** Below the buttons. */
  readonly children?: ReactNode
}

type Kind = 'code' | 'recovery'

/** A one-time code, or a recovery code instead. */
export function CodeEntry<Value>({
  label,
  submitLabel,
  check,
  onDone,
  canRecover = true,
  send,
  wasSent = true,
  children,
}: CodeEntryProps<Value>) {
  const texts = useTexts(codeTexts)
  const [kind, setKind] = useState<Kind>('code')
  const [checked, setChecked] = useState<Kind>('code')
  const checkAs = useCallback(
    async (code: string) => {
      const result = await check(code)
      if (!result.ok && result.problem.code === 'RECOVERY_CODE_REQUIRED') setKind('recovery')
      return result
    },
    [check],
  )
  const { run, isRunning, problem } = useAction(checkAs, onDone)
  const shown = problem !== null && (checked === kind || problem.code === 'RECOVERY_CODE_REQUIRED' || problem.retryAfter !== undefined)
  const form = {
    submitLabel,
    isRunning,
    problem: shown ? problem : null,
    onCode: (code: string) => {
      setChecked(kind)
      return run(code)
    },
  }
  const others = (
    <div className="gb-others">
      {canRecover && (
        <Button look="quiet" onClick={() => setKind(kind === 'code' ? 'recovery' : 'code')}>
          {kind === 'code' ? texts.useRecovery : texts.useCode}
        </Button>
      )}
      {children}
    </div>
  )
  if (kind === 'recovery') return <RecoveryForm {...form}>{others}</RecoveryForm>
  return (
    <CodeForm {...form} label={label} hasFocus>
      {send !== undefined && <SendCode send={send} wasSent={wasSent} />}
      {others}
    </CodeForm>
  )
}
