/** The JSON text of `head` with more fields, each a list that arrives in pages. Without its end the text is no JSON, so a part is never taken for the whole. */
export async function* jsonInPieces(head: object, lists: Readonly<Record<string, () => AsyncIterable<readonly unknown[]>>>) {
  yield JSON.stringify(head).slice(0, -1)
  for (const [name, pages] of Object.entries(lists)) {
    yield `,${JSON.stringify(name)}:[`
    let before = ''
    for await (const page of pages()) {
      if (page.length === 0) continue
      yield `${before}${page.map((item) => JSON.stringify(item)).join(',')}`
      before = ','
    }
    yield ']'
  }
  yield '}'
}
