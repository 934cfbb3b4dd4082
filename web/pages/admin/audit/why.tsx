import { useState } from 'react'
import type { AnswerOf } from '../../../client/result.ts'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { explanationTexts } from '../../../texts/explanation/catalog.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'

type Explained = AnswerOf<'GET /audit/explain/{position}'>

/** Reading an explanation is recorded, so it is asked for by a button. */
export function Why({ position }: { readonly position: number }) {
  const texts = useTexts(explanationTexts)
  const [isAsked, setAsked] = useState(false)
  if (isAsked) return <Explanation position={position} />
  return (
    <div className="section-actions">
      <Button onClick={() => setAsked(true)}>{texts.ask}</Button>
    </div>
  )
}

function Explanation({ position }: { readonly position: number }) {
  const texts = useTexts(explanationTexts)
  const { call } = useGatebook()
  const explained = useCall(['explanation', position], () => call('GET /audit/explain/{position}', { params: { position } }))
  return (
    <section aria-label={texts.title} aria-live="polite">
      <h3>{texts.title}</h3>
      <Loaded of={explained}>{(value) => <Reasons explained={value} />}</Loaded>
    </section>
  )
}

function Reasons({ explained }: { readonly explained: Explained }) {
  const texts = useTexts(explanationTexts)
  const { rule, because, budget, counters, windows, agrees } = explained
  const amount = (value: number, unit: Explained['counters'][number]['unit']) =>
    unit === 'times' ? String(value) : texts.seconds(value / 1000)
  return (
    <>
      {rule !== null && <p>{texts.rules[rule]}</p>}
      {because !== null && <p>{texts.because[because]}</p>}
      <Definitions>
        {budget !== null && <DefinitionRow term={texts.budget}>{texts.budgets[budget]}</DefinitionRow>}
        {counters.map(({ name, value, limit, unit }) => (
          <DefinitionRow term={texts.counters[name]} key={name}>
            {limit === null ? amount(value, unit) : texts.ofLimit(amount(value, unit), amount(limit, unit))}
          </DefinitionRow>
        ))}
        {windows.map(({ name, from, until }) => (
          <DefinitionRow term={texts.windows[name]} key={`${name} ${until}`}>
            <TimeText time={from} isExact /> {until === null ? texts.endless : texts.until}{' '}
            {until !== null && <TimeText time={until} isExact />}
          </DefinitionRow>
        ))}
        <Grounds explained={explained} />
      </Definitions>
      {agrees && <p className="gb-hint">{texts.agrees}</p>}
    </>
  )
}

function Grounds({ explained: { together, position, policy, read } }: { readonly explained: Explained }) {
  const texts = useTexts(explanationTexts)
  const others = together.filter((one) => one.position !== position)
  const { maxAttempts, lockout, lockoutMax } = policy.login
  return (
    <>
      {others.length > 0 && (
        <DefinitionRow term={texts.together}>
          <span lang="en">{others.map(({ summary }) => summary).join('; ')}</span>
        </DefinitionRow>
      )}
      <DefinitionRow term={texts.policy}>
        {texts.policyNumbers(maxAttempts, lockout / 1000, lockoutMax / 1000)}
        {policy.recorded === null ? (
          <p className="gb-hint">{texts.notRecorded}</p>
        ) : (
          <>
            , {texts.since} <TimeText time={policy.recorded.since} isExact />
          </>
        )}
      </DefinitionRow>
      <DefinitionRow term={texts.read}>
        <span className="mono">{read.stream}</span>
        <p className="gb-hint">{texts.readRange(read.from, read.through)}</p>
      </DefinitionRow>
    </>
  )
}
