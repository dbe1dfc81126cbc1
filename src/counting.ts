/** Whatever grows is counted so far and no further: a number beyond tells nobody more, and costs a row each. */
export const countedTo = 1000

/** "48"; "1,000+" for whatever was counted up to `countedTo` and one more. */
export const sayCounted = (number: number): string =>
  number > countedTo ? `${countedTo.toLocaleString('en-US')}+` : number.toLocaleString('en-US')
