import { useId } from 'react'
import type { Problem } from '../../../client/result.ts'
import { useGatebook, useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { Alert, ProblemAlert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { TimeText } from '../../parts/time-text.tsx'
import type { Consent } from './consent.ts'

/** The operator's texts may lack a language, or have one for a region of it. */
const chosenTag = (texts: Readonly<Record<string, string>>, language: string) => {
  const tags = Object.keys(texts)
  const found = [language, 'en'].map((wanted) => tags.find((tag) => tag === wanted) ?? tags.find((tag) => tag.startsWith(`${wanted}-`)))
  return found.find((tag) => tag !== undefined) ?? tags[0] ?? language
}

type ConsentItemProps = { readonly consent: Consent; readonly onChanged: () => void }

export function ConsentItem({ consent, onChanged }: ConsentItemProps) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).consents
  const tag = chosenTag(consent.title, useLanguage())
  const id = useId()
  const { purpose, version, given, at } = consent
  const isOlder = given && consent.givenVersion !== version
  const choose = async (isGiven: boolean) => {
    const result = await call('PUT /me/consents/{purpose}', { params: { purpose }, body: { given: isGiven, version } })
    if (!result.ok && result.problem.code === 'STALE_VERSION') onChanged()
    return result
  }
  const { run, isRunning, problem } = useAction(choose, onChanged)
  return (
    <li className="row">
      <div className="row-text">
        <h3 id={id} lang={tag}>
          {consent.title[tag]}
        </h3>
        <p className="consent-text" id={`${id}-text`} lang={tag}>
          {consent.text[tag]}
        </p>
        {isOlder && (
          <Alert tone="warning">
            <p>{texts.older}</p>
            <Button isBusy={isRunning} onClick={() => void run(true)}>
              {texts.agree}
            </Button>
          </Alert>
        )}
        {at !== null && (
          <p className="muted">
            {given ? texts.given : texts.withdrawn} <TimeText time={at} />
          </p>
        )}
        <ConsentProblem problem={problem} />
      </div>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={given}
        aria-labelledby={id}
        aria-describedby={`${id}-text`}
        aria-busy={isRunning}
        onClick={() => void run(!given)}
      >
        <span className="switch-knob" />
      </button>
    </li>
  )
}

function ConsentProblem({ problem }: { readonly problem: Problem | null }) {
  const texts = useTexts(accountTexts).consents
  if (problem?.code === 'STALE_VERSION') return <Alert tone="warning">{texts.stale}</Alert>
  return <ProblemAlert problem={problem} />
}
