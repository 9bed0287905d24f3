import type { Requirement } from '../../model/labels.ts';
import { defined } from './defined.ts';
import { describe, type Field } from './field.ts';
import { isLabelValue } from './names.ts';

/** What a key of a selector means; undefined, with a problem added to the field, where it can't be a key. */
export type ReadKey = (key: string, field: Field) => Pick<Requirement, 'source' | 'key'> | undefined;

const operators = [
  'In',
  'NotIn',
  'Exists',
  'DoesNotExist',
] as const satisfies readonly Requirement['operator'][];

/**
 * The requirements of a Kubernetes LabelSelector; undefined where anything in it is wrong. The key `overwritten` of
 * matchLabels is checked and left out.
 */
export function decodeSelector(
  field: Field,
  readKey: ReadKey,
  overwritten?: string,
): readonly Requirement[] | undefined {
  const before = field.problemCount;
  field.object({ known: ['matchLabels', 'matchExpressions'] });
  const requirements = [
    ...matchLabels(field.get('matchLabels'), readKey, overwritten),
    ...field
      .get('matchExpressions')
      .items()
      .map((item) => matchExpression(item, readKey)),
  ];
  return field.problemCount === before ? defined(requirements) : undefined;
}

function matchLabels(
  field: Field,
  readKey: ReadKey,
  overwritten: string | undefined,
): readonly (Requirement | undefined)[] {
  return Array.from(field.stringMap(), ([text, value]) => {
    const at = field.get(text);
    const read = readKey(text, at);
    checkValue(value, at);
    if (read === undefined || text === overwritten) return undefined;
    const { source, key } = read;
    return { source, key, operator: 'In', values: [value] };
  });
}

function matchExpression(field: Field, readKey: ReadKey): Requirement | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['key', 'operator', 'values'] });
  const text = field.get('key').string();
  const read = text === undefined ? undefined : readKey(text, field.get('key'));
  const operator = readOperator(field.get('operator'));
  const values = readValues(field.get('values'));
  if (operator === undefined || read === undefined) return undefined;
  const { source, key } = read;
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (wantsValues && values.length === 0)
    return field.get('values').refuse(`must have at least one value with operator ${operator}`);
  if (!wantsValues && values.length > 0)
    return field.get('values').refuse(`must be absent with operator ${operator}`);
  return { source, key, operator, values };
}

function readOperator(field: Field): Requirement['operator'] | undefined {
  const text = field.string();
  if (text === undefined) return undefined;
  return (
    operators.find((operator) => operator === text) ??
    field.refuse(`must be one of ${operators.join(', ')}, is ${describe(text)}`)
  );
}

function readValues(field: Field): readonly string[] {
  const values = field.items().map((item) => {
    const value = item.string();
    if (value !== undefined) checkValue(value, item);
    return value;
  });
  return [...new Set(values.filter((value) => value !== undefined))].sort();
}

function checkValue(value: string, field: Field): void {
  if (isLabelValue(value)) return;
  field.refuse(
    `${describe(value)} can't be the value of a label: at most 63 letters, digits, '-', '_' and '.', with a letter or digit first and last`,
  );
}
