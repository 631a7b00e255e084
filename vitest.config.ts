import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    setupFiles: ['test/unit/setup.ts'],
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'https://www.force.police.uk/' } },
    restoreMocks: true,
    allowOnly: false,
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/unit.json' },
    coverage: {
      provider: 'v8',
      // What touches the page is tested in browsers, where no line is counted.
      include: ['src/core/**/*.ts', 'src/explain.ts'],
      reporter: ['text', 'json-summary', 'lcov'],
      reportsDirectory: 'coverage/unit',
      thresholds: { lines: 90, branches: 80 },
    },
  },
});
