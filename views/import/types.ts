/** How many of what: "4,061 families". */
export type Counted = { name: string; count: number; label: string }

/** An import as it is told. */
export type FileTold = {
  id: number
  kind: string
  label: string
  fileName: string
  state: 'staging' | 'checked' | 'publishing' | 'published' | 'refused'
  /** Why nothing of the file can be imported. */
  problem: string | null
  lines: number
  accepted: number
  refused: number
  makes: Counted[]
  made?: Counted[]
  writes: number
  warning: string | null
  who: string
  createdAt: number
  publishedAt: number | null
}

/** A line of the file as it would be imported. */
export type LineTold = {
  line: number
  title: string
  detail: string | null
  makes: string | null
  refused: string | null
}
