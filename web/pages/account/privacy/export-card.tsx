import { useCallback, useState } from 'react'
import type { AnswerOf, Result } from '../../../client/result.ts'
import { downloadText } from '../../../react/enrollment/download-text.ts'
import { FormProblem } from '../../../react/forms/form-problem.tsx'
import { useWait } from '../../../react/forms/use-refusal.ts'
import { useGatebook, useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { Icon } from '../../../react/ui/icon.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { Card } from '../../parts/card.tsx'
import { exportAsPage } from './export-as-page.ts'

export function ExportCard() {
  const client = useGatebook()
  const language = useLanguage()
  const texts = useTexts(accountTexts).export
  const [isDone, setDone] = useState(false)
  const load = useCallback(
    async (form: 'file' | 'page'): Promise<Result<AnswerOf<'GET /me/export'> | string>> => {
      setDone(false)
      return form === 'file' ? client.call('GET /me/export') : exportAsPage(client, language)
    },
    [client, language],
  )
  const { run, isRunning, problem } = useAction(load, (data) => {
    if (typeof data === 'string') downloadText(texts.pageName, data)
    else downloadText(texts.fileName, JSON.stringify(data, null, 2))
    setDone(true)
  })
  const wait = useWait(problem)
  const isWaiting = wait !== null && !wait.isOver
  return (
    <Card title={texts.title} description={texts.lead}>
      <FormProblem problem={problem} wait={wait} {...(problem?.code === 'RATE_LIMITED' ? { text: texts.tooOften } : {})} />
      {isDone && <Alert tone="success">{texts.done}</Alert>}
      <div className="gb-actions gb-actions-start">
        <Button isBusy={isRunning} disabled={isWaiting} onClick={() => void run('file')}>
          <Icon name="download" />
          {texts.submit}
        </Button>
        <Button isBusy={isRunning} disabled={isWaiting} onClick={() => void run('page')}>
          <Icon name="download" />
          {texts.submitPage}
        </Button>
      </div>
    </Card>
  )
}
