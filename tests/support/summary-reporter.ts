import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Prints, after the default reporter, why tests were skipped and then one line that scripts can read:
 * `12 passed, 0 failed, 3 skipped`.
 *
 * A file that fails before its tests are known, and an error outside any test, count as one failure each: otherwise
 * a run that went wrong could end with `0 failed`.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    const reasons = new Map<string, number>();

    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        counts[test.result().state] += 1;
        const reason = skipReason(test);
        if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }

    for (const [reason, count] of reasons) print(`skipped ${count} ${count === 1 ? 'test' : 'tests'}: ${reason}`);
    print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}

function skipReason(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
