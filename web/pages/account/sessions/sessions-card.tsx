import { useState } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { ProblemAlert } from '../../../react/ui/alert.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { LoadMore } from '../../loading/load-more.tsx'
import { LoadedPages } from '../../loading/loaded.tsx'
import { usePages } from '../../loading/use-pages.ts'
import { Card } from '../../parts/card.tsx'
import { deviceName } from '../../parts/device-name.ts'
import { DoneNote } from '../done-note.tsx'
import { EndSessions } from './end-sessions.tsx'
import type { ListedSession } from './listed-session.ts'
import { SessionItem } from './session-item.tsx'

export function SessionsCard() {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).sessions
  const pages = usePages(
    ['sessions'],
    (place) => call('GET /sessions', { query: place }),
    ({ sessions }) => sessions,
  )
  const [done, setDone] = useState<string | null>(null)
  const [ending, setEnding] = useState<string | null>(null)
  const nameOf = ({ device }: ListedSession) => deviceName(device) ?? texts.unknown
  const { run, isRunning, problem } = useAction(
    ({ id }: ListedSession) => call('DELETE /sessions/{id}', { params: { id } }),
    (_value, session) => finished(texts.ended(nameOf(session))),
  )
  const finished = (text: string) => {
    setDone(text)
    pages.reload()
  }
  const end = (session: ListedSession) => {
    setDone(null)
    setEnding(session.id)
    void run(session)
  }
  const others = pages.items.filter(({ current }) => !current)
  const listed = [...pages.items.filter(({ current }) => current), ...others]
  return (
    <Card title={texts.list} description={texts.listLead}>
      {done !== null && <DoneNote text={done} />}
      <ProblemAlert problem={problem} />
      <LoadedPages of={pages}>
        <ul className="rows">
          {listed.map((session) => (
            <SessionItem
              session={session}
              name={nameOf(session)}
              isEnding={isRunning && ending === session.id}
              onEnd={() => end(session)}
              key={session.id}
            />
          ))}
        </ul>
        <LoadMore pages={pages} />
        {others.length === 0 && !pages.hasMore ? (
          <p className="muted">{texts.onlyThis}</p>
        ) : (
          <EndSessions onDone={finished} onBegin={() => setDone(null)} />
        )}
      </LoadedPages>
    </Card>
  )
}
