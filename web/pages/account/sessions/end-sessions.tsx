import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { endOthersInTurn } from './end-others.ts'

type EndSessionsProps = { readonly onBegin: () => void; readonly onDone: (text: string) => void }

export function EndSessions({ onBegin, onDone }: EndSessionsProps) {
  const texts = useTexts(accountTexts).sessions
  const [asked, setAsked] = useState<'others' | 'all' | null>(null)
  const ask = (what: 'others' | 'all') => {
    onBegin()
    setAsked(what)
  }
  const close = () => setAsked(null)
  const ended = (count: number) => {
    close()
    onDone(texts.endOthersDone(count))
  }
  return (
    <div className="actions">
      <Button look="danger" onClick={() => ask('others')}>
        {texts.endOthers}
      </Button>
      <Button look="danger" onClick={() => ask('all')}>
        {texts.everywhere}
      </Button>
      {asked === 'others' && <EndOthers onDone={ended} onClose={close} />}
      {asked === 'all' && <LogOutEverywhere onClose={close} />}
    </div>
  )
}

function EndOthers({ onDone, onClose }: { readonly onDone: (count: number) => void; readonly onClose: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).sessions
  const [count, setCount] = useState(0)
  const action = useAction(() => endOthersInTurn(call, setCount), onDone)
  return (
    <ConfirmDialog
      title={texts.endOthersTitle}
      confirmLabel={texts.endOthers}
      action={action}
      onConfirm={() => void action.run(undefined)}
      onClose={onClose}
    >
      <p>{texts.endOthersText}</p>
      <p className="muted" role="status">
        {count > 0 && texts.endOthersRunning(count)}
      </p>
    </ConfirmDialog>
  )
}

/** After it nobody is here: the pages go to the login by themselves. */
function LogOutEverywhere({ onClose }: { readonly onClose: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).sessions
  const action = useAction(() => call('POST /logout/everywhere'), onClose)
  return (
    <ConfirmDialog
      title={texts.everywhereTitle}
      confirmLabel={texts.everywhere}
      action={action}
      onConfirm={() => void action.run(undefined)}
      onClose={onClose}
    >
      <p>{texts.everywhereText}</p>
    </ConfirmDialog>
  )
}
