import { DurableObject } from 'cloudflare:workers'

export { default } from '../../src/worker'

/** Where the tests of this folder run: beside a database that needs no wire. */
export class Desk extends DurableObject {}
