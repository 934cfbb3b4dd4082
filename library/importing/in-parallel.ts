/** Runs `work` for each item in the order in which they are read, at most `limit` at once. Reads no further ahead, and no more after a failure. */
export async function inParallel<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const item of items) {
      const task: Promise<void> = work(item)
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => running.delete(task))
      running.add(task)
      if (running.size >= limit) await Promise.race(running)
      if (failure !== undefined) break
    }
  } finally {
    await Promise.all(running)
  }
  if (failure !== undefined) throw failure.error
}
