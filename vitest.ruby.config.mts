import { defineConfig } from 'vitest/config';

/** The tests that need a real Ruby; `npm run test:ruby`. */
export default defineConfig({
  test: { include: ['test/rubyProof/**/*.proof.ts'], testTimeout: 20_000 },
});
