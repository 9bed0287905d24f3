import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseAllDocuments } from 'yaml';
import { readPage } from './page.ts';

interface Rule {
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Role {
  readonly kind: string;
  readonly rules: readonly Rule[];
}

interface DaemonSet {
  readonly kind: string;
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

interface Container {
  readonly securityContext: { readonly capabilities: { readonly add: readonly string[] } };
}

const page = readPage('docs/security.md');

const read = <Of>(file: string, kind: RegExp): readonly Of[] =>
  parseAllDocuments(readPage(file))
    .map((document) => document.toJS() as Of & { readonly kind: string })
    .filter((manifest) => kind.test(manifest.kind));

/** The cells of the rows of the table below a heading. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const [, , ...rows] = (section.split(/^## /m)[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const split = (cell: string | undefined): readonly string[] => (cell ?? '').split(', ');

describe('docs/security.md', () => {
  it('has the rules of the operator, all and no others', () => {
    const told = rowsOf('The operator in the API server').flatMap(([verbs, resources, where]) =>
      split(resources).flatMap((resource) => split(verbs).map((verb) => `${verb} ${resource} in ${where}`)),
    );
    const granted = read<Role>('config/base/operator-rbac.yaml', /Role$/).flatMap(({ kind, rules }) =>
      rules.flatMap(({ resources, resourceNames = [''], verbs }) =>
        resources.flatMap((resource) =>
          resourceNames.flatMap((name) =>
            verbs.map((verb) => {
              const what = name === '' ? resource : `${resource}/${name}`;
              return `${verb} ${what} in ${kind === 'Role' ? 'weir-system' : 'cluster'}`;
            }),
          ),
        ),
      ),
    );
    assert.ok(told.length > 20);
    assert.deepEqual([...told].sort(), [...granted].sort());
  });

  it('has the capabilities of the agent, all and no others', () => {
    const [daemonSet] = read<DaemonSet>('config/base/agent.yaml', /^DaemonSet$/);
    const granted = daemonSet?.spec.template.spec.containers[0]?.securityContext.capabilities.add ?? [];
    const told = rowsOf("The agent's capabilities").map(([capability = '']) =>
      capability.replaceAll('`', ''),
    );
    assert.deepEqual([...told].sort(), [...granted].sort());
  });
});
