import { fileURLToPath } from 'node:url'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { strings } from './browser/strings.ts'
import { newestSchema } from './newest-schema.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const schema = newestSchema(await readD1Migrations(`${root}migrations`))

const strict = { requireAssertions: true } as const

// The browser's tests run beside these, and hashing a password is slow by design.
const patience = { testTimeout: 20_000, hookTimeout: 60_000 }

export default defineConfig({
  root,
  test: {
    projects: [
      {
        // What the business does, in workerd, on real local D1 and queues. Each file begins with empty databases.
        plugins: [
          cloudflareTest({
            wrangler: { configPath: `${root}wrangler.toml` },
            miniflare: {
              d1Databases: { DB_SUNRISE: 'DB_SUNRISE' },
              bindings: {
                ACCOUNT: 'demo',
                LOCAL_MAIL: '1',
                LOCAL_PAYMENTS: '1',
                ORIGIN: 'http://localhost',
                TEST_SCHEMA: schema,
              },
              // Nobody waits two seconds for a batch to fill. This replaces what wrangler.toml says of the consumer.
              queueConsumers: {
                'cartwheel-jobs': { maxBatchTimeout: 0.05, maxRetries: 8, deadLetterQueue: 'cartwheel-jobs-dlq' },
                'cartwheel-jobs-dlq': { maxBatchTimeout: 0.05 },
              },
            },
          }),
        ],
        test: {
          name: 'business',
          root,
          include: ['test/*/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**', 'test/deploy/**', 'test/naughty/**'],
          isolate: false,
          setupFiles: ['test/setup.ts'],
          expect: strict,
          ...patience,
        },
      },
      {
        plugins: [
          cloudflareTest({
            main: `${root}test/naughty/worker.ts`,
            wrangler: { configPath: `${root}wrangler.toml` },
            miniflare: {
              bindings: { ACCOUNT: 'demo', LOCAL_PAYMENTS: '1', TEST_SCHEMA: schema },
              durableObjects: { DESK: { className: 'Desk', useSQLite: true } },
            },
          }),
        ],
        test: {
          name: 'naughty',
          root,
          include: ['test/naughty/*.test.ts'],
          // One runtime and one stage for all of them: each sets its desk up from the rows of the first.
          isolate: false,
          setupFiles: ['test/naughty/setup.ts'],
          // On a busy machine the local runtime now and then takes an object for stuck that is only slow.
          retry: { count: 2, condition: /blockConcurrencyWhile/ },
          // The whole big list for each field takes a quarter of an hour: NAUGHTY=all. Else each has its share of it.
          provide: { strings, every: process.env.NAUGHTY === 'all' ? 1 : strings.length < 50 ? 3 : 128 },
          expect: strict,
          ...patience,
        },
      },
      {
        // What the repository promises about itself, in Node: these tests read files.
        test: {
          name: 'repository',
          root,
          include: ['test/*.test.ts', 'test/deploy/*.test.ts'],
          environment: 'node',
          expect: strict,
          ...patience,
        },
      },
    ],
  },
})
