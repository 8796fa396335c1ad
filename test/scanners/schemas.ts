import { writeFileSync } from 'fs';
import { join } from 'path';

/** A part of the OpenAPI document of an API server. */
interface Definition {
  readonly type?: unknown;
  readonly properties?: object;
  readonly format?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly Record<'group' | 'version' | 'kind', string>[];
}

/** Writes the schemas of an OpenAPI document as files for kubeconform, and returns the template of their names. */
export function writeSchemas(directory: string, openApi: string): string {
  const { definitions } = JSON.parse(openApi, strict) as { definitions: Record<string, Definition> };
  writeFileSync(join(directory, 'definitions.json'), JSON.stringify({ definitions }));
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      const file = [kind, ...(group ? [group.split('.')[0]] : []), version].join('-').toLowerCase();
      const reference = { $ref: `definitions.json#/definitions/${name}` };
      writeFileSync(join(directory, `${file}.json`), JSON.stringify(reference));
    }
  }
  return join(directory, '{{.ResourceKind}}{{.KindSuffix}}.json');
}

/** Refuses fields that a type does not have, and takes numbers where the API server does. */
function strict(_: string, value: Definition): unknown {
  if (value?.format === 'int-or-string') return { ...value, type: ['string', 'integer'] };
  return value?.type === 'object' && value.properties ? { additionalProperties: false, ...value } : value;
}
