// vitest loads Lit's development build: keep its one warning out of the report
(globalThis as { litIssuedWarnings?: Set<string> }).litIssuedWarnings ??= new Set(['dev-mode']);
