import { defineConfig } from 'vitest/config'

// `npm run test:gpu-path`: trains with the real TRL, one training at a time.
export default defineConfig({
  test: {
    include: ['tests/gpu-path/*.gpu-path.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    fileParallelism: false,
  },
})
