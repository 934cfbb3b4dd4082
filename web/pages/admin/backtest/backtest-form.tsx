import type { FormEvent } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { Field } from '../../../react/ui/field.tsx'
import { backtestTexts } from '../../../texts/admin/backtest.ts'
import type { PolicyEntry } from '../policy/policy-entries.ts'
import { type BacktestRequest, blocksNetworks, inForce, numberNames, requestOf, variableName } from './policy-form.ts'

type BacktestFormProps = {
  readonly policy: readonly PolicyEntry[]
  readonly isRunning: boolean
  /** Names of fields. */
  readonly refused: readonly string[]
  readonly onRun: (request: BacktestRequest) => void
}

/** Begins with what is in force. */
export function BacktestForm({ policy, isRunning, refused, onRun }: BacktestFormProps) {
  const texts = useTexts(backtestTexts)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isRunning) onRun(requestOf(new FormData(event.currentTarget), policy))
  }
  const words = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const
  const errorOf = (name: string) => (refused.includes(name) ? texts.refusedField : null)
  return (
    <form className="card" onSubmit={submit}>
      <div className="filters-fields">
        {numberNames.map((name) => (
          <Field
            {...words}
            key={name}
            label={texts.fields[name]}
            hint={texts.inForce(variableName(name), inForce(policy, name))}
            error={errorOf(name)}
            name={name}
            type="number"
            min={0}
            step={1}
            defaultValue={inForce(policy, name)}
          />
        ))}
        <Field
          {...words}
          label={texts.fields.blockedAddresses}
          hint={blocksNetworks(policy) ? texts.blockedInForce : texts.blockedHint}
          error={errorOf('blockedAddresses')}
          name="blockedAddresses"
          maxLength={4096}
        />
        <Field {...words} label={texts.fields.from} error={errorOf('from')} name="from" type="datetime-local" />
        <Field {...words} label={texts.fields.to} error={errorOf('to')} name="to" type="datetime-local" />
      </div>
      <div className="section-actions">
        <Button type="submit" look="primary" isBusy={isRunning}>
          {texts.run}
        </Button>
      </div>
    </form>
  )
}
