import { IConstruct } from 'constructs';
import { misread } from './yaml-text';

/** What a prop accepts. JavaScript and most languages that call it do not check the types of props. */
export interface Kind {
  /** Such as "a MySqlVersion". */
  readonly name: string;
  /** What to write instead, such as "MySqlVersion.V8_4". */
  readonly example: string;
  accepts(value: unknown): boolean;
  /** Looks into a value that it accepts: the messages of what is wrong in there. */
  readonly inside?: (value: never, prop: string) => string[];
}

/** The kind of each prop of a group. */
export type Shape<Props> = { readonly [Prop in keyof Required<Props>]: Kind };

/**
 * Throws a TypeError with all mismatches, before anything is made of the props.
 *
 * @param required the props that have no default
 */
export function requireKinds<Props extends object>(
  construct: IConstruct,
  shape: Shape<Props>,
  props: Props,
  required: readonly (keyof Props & string)[] = [],
): void {
  const messages = isGroup(props)
    ? mismatches(shape, props, '', required)
    : [`props: ${shown(props)} is not an object. Use {}`];
  if (messages.length) throw new TypeError(`${construct.node.path}: ${messages.join('\n  ')}`);
}

/** A message for each value that is not of the kind of its prop, for each prop that does not exist, and for each missing one. */
function mismatches(
  shape: Readonly<Record<string, Kind>>,
  props: object,
  group: string,
  required: readonly string[],
): string[] {
  const given = Object.entries(props).filter(([, value]) => value !== undefined);
  const missing = required.filter((name) => !given.some(([prop]) => prop === name));
  return [
    ...missing.map((name) => `${group}${name}: is missing. Use ${shape[name].example}`),
    ...given.flatMap(([name, value]) =>
      Object.hasOwn(shape, name)
        ? mismatch(shape[name], value, `${group}${name}`)
        : [`${group}${name}: is not a prop. Use one of ${Object.keys(shape).join(', ')}`],
    ),
  ];
}

function mismatch(kind: Kind, value: unknown, prop: string): string[] {
  if (!kind.accepts(value)) return [`${prop}: ${shown(value)} is not ${kind.name}. Use ${kind.example}`];
  return kind.inside?.(value as never, prop) ?? [];
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

export function text(example: string): Kind {
  return { name: 'a string', example, accepts: (value) => typeof value === 'string', inside: misread };
}

export function number(example: string): Kind {
  return { name: 'a number', example, accepts: (value) => typeof value === 'number' };
}

export const flag: Kind = {
  name: 'a boolean',
  example: 'true or false',
  accepts: (value) => typeof value === 'boolean',
};

/**
 * An object of a class of this library.
 *
 * @param shape the kinds of what its static factory was given
 * @param given what that was
 */
export function instance<Type, Options>(
  type: { readonly prototype: Type; readonly name: string },
  example: string,
  shape?: Shape<Options>,
  given?: (value: Type) => unknown,
): Kind {
  const isInstance = Function.prototype[Symbol.hasInstance].bind(type);
  return {
    name: `${article(type.name)} ${type.name}`,
    example,
    accepts: (value) => isInstance(value),
    inside: (value: Type, prop) => (shape && given ? mismatch(group(shape, example), given(value), prop) : []),
  };
}

/** An object of a class of cdk8s, by a member: an app may have another copy of cdk8s than this library. */
export function like(name: string, member: string, example: string): Kind {
  const accepts = (value: unknown) => typeof value === 'object' && value !== null && member in value;
  return { name: `${article(name)} ${name}`, example, accepts };
}

export function oneOf(name: string, values: readonly unknown[], example: string): Kind {
  return { name, example, accepts: (value) => values.includes(value) };
}

export function list(kind: Kind, example = `[${kind.example}]`): Kind {
  return {
    name: 'a list',
    example,
    accepts: Array.isArray,
    inside: (values: readonly unknown[], prop) => values.flatMap((value, i) => mismatch(kind, value, `${prop}[${i}]`)),
  };
}

/** Values of one kind, or of any, by names that the user chooses. */
export function map(example: string, kind?: Kind): Kind {
  return {
    name: 'an object',
    example,
    accepts: isObject,
    inside: (values: object, prop) =>
      Object.entries(values).flatMap(([key, value]) => [
        ...misread(key, prop),
        ...(kind ? mismatch(kind, value, `${prop}.${key}`) : []),
      ]),
  };
}

/**
 * A group of props.
 *
 * @param required the props that have no default
 */
export function group<Props>(
  shape: Shape<Props>,
  example: string,
  required: readonly (keyof Props & string)[] = [],
): Kind {
  return {
    name: 'an object',
    example,
    accepts: isGroup,
    inside: (props: object, prop) => mismatches(shape, props, `${prop}.`, required),
  };
}

/**
 * An object of the Kubernetes API, of which all is written. `toJson` drops fields that Kubernetes 1.28 does not have,
 * and values of another kind than theirs, or fails on these.
 *
 * @param texts the fields that are always there, and texts
 */
export function kubernetes<Type>(
  name: string,
  toJson: (value: Type | undefined) => object | undefined,
  texts: readonly (keyof Type & string)[] = [],
): Kind {
  const example = `the fields of ${article(name)} ${name}`;
  const written = (value: Type): unknown => {
    try {
      return JSON.parse(JSON.stringify(toJson(value)));
    } catch (error) {
      return error;
    }
  };
  return {
    name: 'an object',
    example,
    accepts: isObject,
    inside: (value: Type & object, prop) => {
      const json = written(value);
      if (json instanceof Error) return [`${prop}: has a value of another kind (${json.message}). Use ${example}`];
      const leaves = new Set(fields(json).map((field) => field.toLowerCase()));
      const dropped = fields(value).filter((field) => !leaves.has(field.toLowerCase()));
      const untold = texts.filter((field) => typeof value[field] !== 'string');
      return [
        ...untold.map((field) => `${prop}.${field}: ${shown(value[field])} is not a string. Use ${example}`),
        ...misread(value, prop),
        ...dropped.map(
          (field) =>
            `${prop}${field.replace(EMPTY, '')}: would not be written, as the types of Kubernetes 1.28 have no such field, or another kind of value there. Leave it out, or use these types`,
        ),
      ];
    },
  };
}

/** The end of the path of a leaf that is empty. */
const EMPTY = / \S+$/;

/** The paths of all leaves, such as `.spec.ports[0].name`. */
function fields(value: unknown, path = ''): string[] {
  const isList = Array.isArray(value);
  if (!isList && !isObject(value)) return [value === undefined ? `${path} undefined` : path];
  const children = Object.entries(value).filter(([, child]) => isList || child !== undefined);
  if (!children.length) return [`${path} ${isList ? '[]' : '{}'}`];
  return children.flatMap(([key, child]) => fields(child, isList ? `${path}[${key}]` : `${path}.${key}`));
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A plain object: neither a list nor an instance of a class. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

const article = (name: string) => (/^[AEIO]/.test(name) ? 'an' : 'a');
