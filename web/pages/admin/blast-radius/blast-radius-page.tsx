import { useState } from 'react'
import { useSearch } from 'wouter'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { auditTexts } from '../../../texts/admin/audit.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { originIn, type Radius, type RadiusOrigin } from './radius.ts'
import { RadiusAccounts } from './radius-accounts.tsx'
import { RadiusEntries } from './radius-entries.tsx'
import { RadiusSessions } from './radius-sessions.tsx'
import { useRadius } from './use-radius.ts'

export function BlastRadiusPage() {
  const texts = useTexts(auditTexts).radius
  // It tells of changes only: what it gives has been decoded once already.
  useSearch()
  const origin = originIn(new URLSearchParams(location.search))
  return (
    <>
      <PageHead title={texts.title} lead={texts.lead} />
      {origin === undefined ? <Alert tone="info">{texts.noOrigin}</Alert> : <Found origin={origin} key={origin.value} />}
    </>
  )
}

function Found({ origin }: { readonly origin: RadiusOrigin }) {
  const texts = useTexts(auditTexts).radius
  const { radius, ending, ended } = useRadius(origin)
  const [isAsking, setAsking] = useState(false)
  const count = radius.value?.sessions.filter(({ active }) => active).length ?? 0
  const end = async () => {
    await ending.run(undefined)
    setAsking(false)
  }
  return (
    <>
      <p>
        {texts.of[origin.name]}: <span className="mono">{origin.value}</span>
      </p>
      {ended !== null && <Alert tone="success">{texts.ended(ended)}</Alert>}
      <Loaded of={radius} lines={8}>
        {(value) => <Shown radius={value} onEnd={() => setAsking(true)} />}
      </Loaded>
      {isAsking && (
        <ConfirmDialog
          title={texts.endTitle}
          confirmLabel={texts.end}
          action={ending}
          onConfirm={() => void end()}
          onClose={() => setAsking(false)}
        >
          <p>{texts.endText(count)}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

function Shown({ radius, onEnd }: { readonly radius: Radius; readonly onEnd: () => void }) {
  const texts = useTexts(auditTexts).radius
  const { sessions, attempts, accounts, accountsCut, isCut } = radius
  const active = sessions.filter((session) => session.active).length
  const changes = sessions.reduce((sum, session) => sum + session.changes.length, 0)
  return (
    <>
      <p>{texts.summary(sessions.length, active, changes)}</p>
      {isCut && <Alert tone="warning">{texts.tooMuch}</Alert>}
      {active > 0 && (
        <div className="section-actions">
          <Button look="danger" onClick={onEnd}>
            {texts.end}
          </Button>
        </div>
      )}
      <RadiusSessions sessions={sessions} />
      <RadiusEntries title={texts.attempts} entries={attempts} />
      <RadiusAccounts accounts={accounts} isCut={accountsCut} />
    </>
  )
}
