import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two workers: the heavy tests are native (ONNX Runtime) and bring their own threads.
    maxWorkers: 2,
  },
})
