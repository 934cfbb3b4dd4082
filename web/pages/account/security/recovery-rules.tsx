import { useTexts } from '../../../react/gatebook-context.ts'
import { useServiceSettings } from '../../../react/use-service-settings.ts'
import { accountTexts } from '../../../texts/account.ts'

export function RecoveryRules() {
  const texts = useTexts(accountTexts).recovery
  const areNumbered = useServiceSettings().secondFactor.recoveryCodes === 'jump-ahead'
  const rules = areNumbered ? [texts.jumpAhead, texts.jumpAheadLast] : [texts.singleUse, texts.singleUseLast]
  return (
    <details className="gb-details">
      <summary>{texts.title}</summary>
      <ul className="rules">
        {[...rules, texts.voids].map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </details>
  )
}
