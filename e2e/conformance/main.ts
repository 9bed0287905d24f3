import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import type { Case } from './case.ts';
import type { Engine } from './engine.ts';
import { type EngineName, engineNames, openEngine } from './engines.ts';
import { readCases } from './read-cases.ts';
import { Report } from './report.ts';
import { type CaseResult, runCase } from './run-case.ts';

interface Options {
  readonly engine: EngineName;
  readonly listFailures: boolean;
}

const casesFolder = join(import.meta.dirname, 'cases');

const command = new Command('conformance')
  .description(
    'Asks an engine what other programs were asked, and compares the answers. Exit code 1: some differ.',
  )
  .addOption(new Option('--engine <name>', 'who answers').choices(engineNames).makeOptionMandatory())
  .option('--list-failures', 'print every query whose answer differs', false)
  .argument('[file...]', '.jsonl or .jsonl.gz (default: all in e2e/conformance/cases)')
  .exitOverride();

/** npm runs scripts in the folder of package.json; files are meant from where the user is. */
const userFolder = process.env.INIT_CWD ?? process.cwd();

try {
  command.parse();
  const files = command.args.length > 0 ? command.args.map((file) => resolve(userFolder, file)) : allCases();
  process.exitCode = await run(files, command.opts<Options>());
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function allCases(): readonly string[] {
  return readdirSync(casesFolder)
    .filter((name) => /\.jsonl(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(casesFolder, name));
}

async function run(files: readonly string[], { engine: name, listFailures }: Options): Promise<number> {
  const engine = await openEngine(name);
  const report = new Report();
  try {
    for (const file of files) {
      for await (const one of readCases(file)) {
        const result = await runNamed(one, engine, file);
        report.add(result, one.features ?? []);
        if (result.kind !== 'failed' || !listFailures) continue;
        for (const failure of result.failures) console.log(`${one.name}: ${failure}`);
      }
    }
  } finally {
    await engine.close();
  }
  for (const line of report.lines()) console.log(line);
  return report.failed > 0 ? 1 : 0;
}

/** What a case itself gets wrong, such as a query about a pod that it does not have, is told with its name. */
async function runNamed(one: Case, engine: Engine, file: string): Promise<CaseResult> {
  try {
    return await runCase(one, engine);
  } catch (cause) {
    throw new Error(`${file}: case ${one.name}: ${textOf(cause)}`, { cause });
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Wrong options, unreadable files and malformed cases are errors of usage; commander has told its own already. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(textOf(error));
  return 2;
}
