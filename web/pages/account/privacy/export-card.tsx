import { useCallback, useState } from 'react'
import { downloadText } from '../../../react/enrollment/download-text.ts'
import { FormProblem } from '../../../react/forms/form-problem.tsx'
import { useWait } from '../../../react/forms/use-refusal.ts'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { Icon } from '../../../react/ui/icon.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { Card } from '../../parts/card.tsx'

export function ExportCard() {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).export
  const [isDone, setDone] = useState(false)
  const load = useCallback(() => {
    setDone(false)
    return call('GET /me/export')
  }, [call])
  const { run, isRunning, problem } = useAction(load, (data) => {
    downloadText(texts.fileName, JSON.stringify(data, null, 2))
    setDone(true)
  })
  const wait = useWait(problem)
  return (
    <Card title={texts.title} description={texts.lead}>
      <FormProblem problem={problem} wait={wait} {...(problem?.code === 'RATE_LIMITED' ? { text: texts.tooOften } : {})} />
      {isDone && <Alert tone="success">{texts.done}</Alert>}
      <div>
        <Button isBusy={isRunning} disabled={wait !== null && !wait.isOver} onClick={() => void run(undefined)}>
          <Icon name="download" />
          {texts.submit}
        </Button>
      </div>
    </Card>
  )
}
