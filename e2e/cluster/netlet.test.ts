import assert from 'node:assert/strict';
import { join } from 'node:path';
import { streamCommand } from './stream-command.ts';

/** The netlet's own checks, which Go runs. */
describe('netlet', function () {
  this.timeout(3_600_000);
  for (const command of ['gofmt -l .', 'go vet .', 'go test .']) {
    it(`passes ${command}`, async () => {
      const lines: string[] = [];
      const code = await streamCommand(command.split(' '), {
        directory: join(import.meta.dirname, 'netlet'),
        environment: { CGO_ENABLED: '0' },
        line: (text) => lines.push(text),
      });
      const said = lines.join('\n');
      assert.equal(code, 0, said);
      if (command.startsWith('gofmt')) assert.equal(said, '');
    });
  }
});
