import type { ReactNode } from 'react'
import type { Problem } from '../../client/result.ts'
import { problemText } from '../../texts/problem-text.ts'
import { problemTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'
import { Icon, type IconName } from './icon.tsx'

type Tone = 'info' | 'success' | 'warning' | 'danger'

const icons: Readonly<Record<Tone, IconName>> = { info: 'info', success: 'check', warning: 'alert', danger: 'alert' }

export function Alert({ tone = 'info', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <div className={`gb-alert gb-alert-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <div className="gb-alert-text">{children}</div>
    </div>
  )
}

/** Nothing without a problem. */
export function ProblemAlert({ problem }: { readonly problem: Pick<Problem, 'code' | 'reason'> | null }) {
  const texts = useTexts(problemTexts)
  return problem === null ? null : <Alert tone="danger">{problemText(texts, problem)}</Alert>
}
