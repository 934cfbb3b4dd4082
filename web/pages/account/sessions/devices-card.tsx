import { useState } from 'react'
import type { AnswerOf } from '../../../client/result.ts'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { ProblemAlert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { Icon } from '../../../react/ui/icon.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { accountTexts } from '../../../texts/account.ts'
import { Loaded } from '../../loading/loaded.tsx'
import { useCall } from '../../loading/use-call.ts'
import { Card } from '../../parts/card.tsx'
import { deviceIcon, deviceName } from '../../parts/device-name.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { DoneNote } from '../done-note.tsx'
import { UnreadableAgent } from './unreadable-agent.tsx'

type Device = AnswerOf<'GET /devices'>['devices'][number]

export function DevicesCard() {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).devices
  const devices = useCall(['devices'], () => call('GET /devices'))
  const nameOf = ({ device }: Device) => deviceName(device) ?? texts.unknown
  const [done, setDone] = useState<string | null>(null)
  const { run, isRunning, problem } = useAction(
    ({ id }: Device) => call('DELETE /devices/{id}', { params: { id } }),
    (_value, device) => {
      setDone(texts.forgotten(nameOf(device)))
      devices.reload()
    },
  )
  const forget = (device: Device) => {
    setDone(null)
    void run(device)
  }
  return (
    <Card title={texts.title} description={texts.lead}>
      {done !== null && <DoneNote text={done} />}
      <ProblemAlert problem={problem} />
      <Loaded of={devices}>
        {({ devices }) =>
          devices.length === 0 ? (
            <EmptyState icon="laptop">{texts.none}</EmptyState>
          ) : (
            <ul className="rows">
              {devices.map((device) => (
                <li className="row" key={device.id}>
                  <span className="row-icon">
                    <Icon name={deviceIcon(device.device)} />
                  </span>
                  <div className="row-text">
                    <p className="row-title" title={device.userAgent ?? undefined}>
                      {nameOf(device)}
                    </p>
                    <UnreadableAgent of={device} />
                    <p className="muted">
                      {texts.remembered} <TimeText time={device.rememberedAt} />
                    </p>
                  </div>
                  <Button aria-label={texts.forgetOf(nameOf(device))} disabled={isRunning} onClick={() => forget(device)}>
                    {texts.forget}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
