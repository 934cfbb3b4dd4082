import { expect, test } from 'vitest'
import { mailbox } from '../../testing/people/mailbox.ts'

const sent = async (box: ReturnType<typeof mailbox>, to: string, subject: string) => box.send({ to, subject, text: 'text' })()
const subjects = (box: ReturnType<typeof mailbox>, to?: string) => box.mails(to).map(({ subject }) => subject)

test('finds the mails to an address as the service compares addresses', async () => {
  const box = mailbox()
  await sent(box, 'Ada@example.org', 'one')
  await sent(box, 'ada.b@example.org', 'other')
  for (const to of ['Ada@example.org', 'ada@example.org', ' ADA@EXAMPLE.ORG ']) expect(subjects(box, to)).toEqual(['one'])
  expect(subjects(box)).toEqual(['one', 'other'])
  expect(subjects(box, 'nobody')).toEqual([])
})

test('forgets the mails to the address since then, however it is written, and none of before or to others', async () => {
  const box = mailbox()
  await sent(box, 'ada@example.org', 'before')
  const since = box.number()
  await sent(box, 'Ada@Example.org', 'after')
  await sent(box, 'grace@example.org', 'of somebody else')
  box.forget('ada@EXAMPLE.org', since)
  expect(subjects(box)).toEqual(['before', 'of somebody else'])
  await sent(box, 'ada@example.org', 'later')
  box.forget('ada@example.org', box.number())
  expect(subjects(box)).toEqual(['before', 'of somebody else', 'later'])
})
