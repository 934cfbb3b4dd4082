import type { ReactNode } from 'react'
import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { operationsTexts } from '../../../texts/admin/operations.ts'
import { Card } from '../../parts/card.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { byteSize, wholeNumber } from '../numbers.ts'
import { Gauge } from './gauge.tsx'
import type { Health } from './health.ts'

type TileProps = { readonly title: string; readonly facts: readonly (readonly [string, ReactNode])[] }

function Tile({ title, facts }: TileProps) {
  return (
    <Card title={title}>
      <Definitions>
        {facts.map(([name, value]) => (
          <DefinitionRow term={name} key={name}>
            {value}
          </DefinitionRow>
        ))}
      </Definitions>
    </Card>
  )
}

/** A value that the service could not have is said to be unknown. */
const useWords = () => {
  const language = useLanguage()
  const texts = useTexts(operationsTexts).health
  const known = (value: number | null, words: (value: number) => string) => (value === null ? texts.unknown : words(value))
  return {
    texts,
    number: (value: number | null) => known(value, (count) => wholeNumber(language, count)),
    size: (value: number | null) => known(value, (bytes) => byteSize(language, bytes)),
    lag: (value: number | null) => known(value, (lag) => (lag === 0 ? texts.lagNone : texts.lagEvents(wholeNumber(language, lag)))),
  }
}

export function HealthTiles({ health: { log, readModels, refold, queues, disk, process } }: { readonly health: Health }) {
  const { texts, number, size, lag } = useWords()
  return (
    <div className="tiles">
      <Tile
        title={texts.log}
        facts={[
          [texts.store, texts.stores[log.store]],
          [texts.events, number(log.events)],
          [texts.size, size(log.sizeBytes)],
        ]}
      />
      <Tile
        title={texts.readModels}
        facts={[
          [texts.fresh, readModels.fresh ? texts.yes : texts.no],
          [texts.lag, lag(readModels.lag)],
          [texts.position, number(readModels.position)],
        ]}
      />
      <Refold refold={refold} />
      <Queues queues={queues} />
      <Disk disk={disk} />
      <Tile
        title={texts.process}
        facts={[
          [texts.version, process.version],
          [texts.node, process.node],
          [texts.started, <TimeText time={process.startedAt} key="started" />],
          [texts.memory, size(process.memoryBytes)],
        ]}
      />
    </div>
  )
}

function Refold({ refold }: Pick<Health, 'refold'>) {
  const { texts, number } = useWords()
  if (refold === null) return <Tile title={texts.refold} facts={[[texts.refoldWhen, texts.refoldNever]]} />
  const { at, checked, differences } = refold
  return (
    <Tile
      title={texts.refold}
      facts={[
        [texts.refoldWhen, <TimeText time={at} key="at" />],
        [texts.refoldChecked, number(checked)],
        [texts.refoldDifferences, differences === null ? texts.refoldFailed : number(differences)],
      ]}
    />
  )
}

function Queues({ queues: { hashing, mail } }: Pick<Health, 'queues'>) {
  const { texts, number } = useWords()
  const { running, waiting, places } = hashing
  return (
    <Card title={texts.queues}>
      <Gauge label={texts.hashing} value={running + waiting} most={places}>
        {texts.hashingState(number(running), number(waiting), number(places))}
      </Gauge>
      <Gauge label={texts.mail} value={mail.waiting} most={mail.places}>
        {texts.mailState(number(mail.waiting), number(mail.places))}
      </Gauge>
    </Card>
  )
}

function Disk({ disk: { freeBytes, totalBytes } }: Pick<Health, 'disk'>) {
  const { texts, size } = useWords()
  return (
    <Card title={texts.disk}>
      {freeBytes === null || totalBytes === null ? (
        <p className="muted">{texts.unknown}</p>
      ) : (
        <Gauge label={texts.diskUsed} value={totalBytes - freeBytes} most={totalBytes}>
          {texts.diskState(size(freeBytes), size(totalBytes))}
        </Gauge>
      )}
    </Card>
  )
}
