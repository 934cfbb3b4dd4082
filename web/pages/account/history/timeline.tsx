import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { Icon } from '../../../react/ui/icon.tsx'
import { historyTexts } from '../../../texts/account.ts'
import { isSystem } from '../../parts/is-system.ts'
import { useMember } from '../use-member.ts'
import { byDay, entryKey, type HistoryEntry } from './entry.ts'
import { entryDetail } from './entry-detail.ts'
import { iconOf, toneOf } from './kinds.ts'

type TimelineProps = {
  readonly entries: readonly HistoryEntry[]
  /** Says what the service wrote, in its words. */
  readonly isDetailed: boolean
}

export function Timeline({ entries, isDetailed }: TimelineProps) {
  return byDay(entries).map(([day, ofDay]) => (
    <section className="day" key={day}>
      <h2 className="day-title">
        <DayName day={day} />
      </h2>
      <ol className="timeline">
        {ofDay.map((entry) => (
          <Entry entry={entry} isDetailed={isDetailed} key={entryKey(entry)} />
        ))}
      </ol>
    </section>
  ))
}

function DayName({ day }: { readonly day: string }) {
  const texts = useTexts(historyTexts)
  const language = useLanguage()
  const yesterday = new Date()
  yesterday.setDate(yesterday.getDate() - 1)
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'full' }).format(new Date(day))
  if (day === new Date().toDateString()) return `${texts.today}, ${date}`
  return day === yesterday.toDateString() ? `${texts.yesterday}, ${date}` : date
}

function Entry({ entry, isDetailed }: { readonly entry: HistoryEntry; readonly isDetailed: boolean }) {
  const texts = useTexts(historyTexts)
  const language = useLanguage()
  const detail = entryDetail(entry, texts)
  const by = useActor(entry)
  return (
    <li className={`entry entry-${toneOf(entry.type)}`}>
      <span className="entry-icon">
        <Icon name={iconOf(entry.type)} />
      </span>
      <div className="entry-text">
        <p>
          {texts.titles[entry.type] ?? entry.type}
          {detail !== null && !isDetailed && (
            <span className="muted">
              {' '}
              · <bdi>{detail}</bdi>
            </span>
          )}
        </p>
        {isDetailed && (
          <p className="entry-summary" lang="en">
            {entry.summary}
          </p>
        )}
        {by !== null && <p className="entry-by">{by}</p>}
      </div>
      <time dateTime={entry.at}>
        {new Intl.DateTimeFormat(language, isDetailed ? { timeStyle: 'medium' } : { timeStyle: 'short' }).format(new Date(entry.at))}
      </time>
    </li>
  )
}

/** Null for the person, and for whoever was not logged in: that may have been the person. */
const useActor = ({ actor }: HistoryEntry) => {
  const texts = useTexts(historyTexts)
  const member = useMember()
  if (actor === member?.accountId || actor === 'anonymous') return null
  return isSystem(actor) ? texts.byService : texts.byAdministrator
}
