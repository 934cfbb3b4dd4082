import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import type { Problem, Result } from '../../client/result.ts'
import { problemIn, valueIn } from './use-call.ts'

type WithNext = { readonly next: string | null }

export type Pages<Item> = {
  readonly items: readonly Item[]
  readonly problem: Problem | null
  readonly hasMore: boolean
  /** Before the first page. */
  readonly isLoading: boolean
  readonly isLoadingMore: boolean
  readonly isRunning: boolean
  readonly loadMore: () => void
  readonly reload: () => void
  /** What has failed, and no more. */
  readonly tryAgain: () => void
}

/** A list that the service answers page by page. A page may be empty and not be the last. */
export function usePages<Page extends WithNext, Item>(
  queryKey: QueryKey,
  load: (place: { readonly cursor?: string }) => Promise<Result<Page>>,
  itemsOf: (page: Page) => readonly Item[],
): Pages<Item> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam }) => valueIn(await load(pageParam === undefined ? {} : { cursor: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const { refetch, fetchNextPage } = query
  const reload = useCallback(() => void refetch(), [refetch])
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  return {
    items: query.data?.pages.flatMap(itemsOf) ?? [],
    problem: problemIn(query.error),
    hasMore: query.hasNextPage,
    isLoading: query.isLoading,
    isLoadingMore: query.isFetchingNextPage,
    isRunning: query.isFetching,
    loadMore,
    reload,
    tryAgain: query.isFetchNextPageError ? loadMore : reload,
  }
}

type Loading = Pick<Pages<unknown>, 'problem' | 'isRunning' | 'loadMore'>

/** Loads page after page while more is wanted. A page that is asked for while another one is being loaded would cancel that. */
export function useLoadWhile(isWanted: boolean, { problem, isRunning, loadMore }: Loading) {
  const isDue = isWanted && !isRunning && problem === null
  useEffect(() => {
    if (isDue) loadMore()
  }, [isDue, loadMore])
}
