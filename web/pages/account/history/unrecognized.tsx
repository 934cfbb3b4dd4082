import { Link } from 'wouter'
import { useTexts } from '../../../react/gatebook-context.ts'
import { historyTexts } from '../../../texts/account.ts'
import { Card } from '../../parts/card.tsx'

export function Unrecognized() {
  const texts = useTexts(historyTexts)
  const steps = [
    { to: '/account/security', title: texts.changePassword, text: texts.changePasswordText },
    { to: '/account/security', title: texts.addFactor, text: texts.addFactorText },
    { to: '/account/sessions', title: texts.endSessions, text: texts.endSessionsText },
  ]
  return (
    <Card title={texts.unknownTitle} description={texts.unknownText}>
      <ol className="ways">
        {steps.map(({ to, title, text }) => (
          <li key={title}>
            <Link href={to}>{title}</Link>
            <p className="muted">{text}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
